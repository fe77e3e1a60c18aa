/**
 * What electron-builder is told (https://www.electron.build/configuration).
 *
 * @param {{ parts: string, electron: { folder: string, version: string } | undefined, output: string }} facts
 */
export function builderConfig({ parts, electron, output }) {
  return {
    appId: 'studio.extrapolation',
    productName: 'Extrapolation Studio',
    executableName: 'extrapolation-studio',
    copyright: 'MIT License',
    directories: { output, buildResources: `${parts}/icons` },
    ...(electron && { electronDist: electron.folder, electronVersion: electron.version }),
    // Built here, for this machine's Node and TensorFlow; nothing is compiled for Electron's Node, as Node-API is the same in both.
    npmRebuild: false,
    files: [
      'out/**',
      // Benches and their measurements are for developers.
      '!out/main/{bench,benchDcgan,benchPieces,benchQuick,gpuCheck,pageLatency,photographGates,reconstructions}.js',
      'resources/**',
      'scripts/prepare.mjs',
      'scripts/bootstrap/**',
      'package.json',
      'LICENSE',
      // In the page they are bundled.
      '!node_modules/{react,react-dom,react-chartjs-2,chart.js,@mantine,@tanstack,@floating-ui,react-remove-scroll*,react-textarea-autosize}/**',
      '!node_modules/@tensorflow/*/{src,demos,benchmarks}/**',
      // Compiled for the account that made the package.
      '!node_modules/@tensorflow/tfjs-node-gpu/{lib,deps,build}/**',
      '!node_modules/**/*.{map,md,ts,cc.o}',
    ],
    extraResources: [
      { from: `${parts}/linux`, to: 'linux' },
      { from: `${parts}/prebuilt`, to: 'app.asar.unpacked/prebuilt' },
      // Sources of C++ are left out of an archive, and what is compiled is known by their hashes.
      { from: 'scripts/bootstrap', to: 'app.asar.unpacked/scripts/bootstrap', filter: ['*.cc'] },
    ],
    asar: true,
    // The engine and its trainers are processes of their own, and TensorFlow's binding is loaded by the system.
    asarUnpack: ['out/**', 'resources/**', 'scripts/**', 'node_modules/**', 'package.json'],
    electronFuses: {
      // Trainers are processes of Electron's own Node.
      runAsNode: true,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
    },
    linux: {
      category: 'Science',
      icon: `${parts}/icons`,
      synopsis: 'Train models of faces, recolour hair, stretch hidden layers',
      maintainer: 'Extrapolation Studio',
    },
    appImage: { artifactName: '${productName}-${version}-${arch}.AppImage' },
    mac: {
      category: 'public.app-category.graphics-design',
      target: ['dmg'],
      icon: `${parts}/icons/1024.png`,
      identity: null,
    },
    win: { target: ['nsis'], icon: `${parts}/icons/256.png` },
    nsis: { oneClick: false, allowToChangeInstallationDirectory: true },
    fileAssociations: [
      {
        ext: 'recipe.json',
        name: 'Extrapolation Studio recipe',
        mimeType: 'application/x-extrapolation-recipe+json',
        role: 'Editor',
      },
    ],
  };
}
