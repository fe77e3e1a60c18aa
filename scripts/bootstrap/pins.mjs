/**
 * What is fetched from the package index, to the byte. The libraries do not depend on the Python that asks for them, so one build
 * (CPython 3.11) serves every machine. To move to another TensorFlow: docs/decisions/tensorflow-runtime.md.
 *
 * @typedef {object} Wheel
 * @property {string} name
 * @property {string} version
 * @property {string} platform the tag by which pip is asked for it
 * @property {string} file
 * @property {string} sha256
 * @property {number} bytes
 * @property {number} unpackedBytes of the kept files
 * @property {readonly string[]} keep files (whole paths) and folders (ending in a slash) that are unpacked
 * @property {readonly string[]} [leave] folders named so, and files ending so, are not unpacked though `keep` names them
 *
 * @typedef {object} RuntimeDefinition
 * @property {string} id name of its folder in the cache
 * @property {string} version of TensorFlow
 * @property {'cpu' | 'gpu'} variant
 * @property {readonly Wheel[]} wheels
 * @property {readonly string[]} libraries paths below the runtime's folder that the binding is linked with
 *
 * @typedef {{ cpu?: RuntimeDefinition, gpu?: RuntimeDefinition }} Definitions what there is for one platform
 */

const version = '2.21.0';

const headers = [
  'tensorflow/include/tensorflow/c/',
  'tensorflow/include/tensorflow/core/platform/',
  'tensorflow/include/tsl/',
  'tensorflow/include/xla/tsl/c/',
];
const elf = ['tensorflow/libtensorflow_cc.so.2', 'tensorflow/libtensorflow_framework.so.2'];
const machO = ['tensorflow/libtensorflow_cc.2.dylib', 'tensorflow/libtensorflow_framework.2.dylib'];

/**
 * @param {string} name
 * @param {string} platform
 * @param {string} sha256
 * @param {number} bytes
 * @param {number} unpackedBytes
 * @param {readonly string[]} libraries
 * @returns {Wheel}
 */
function tensorflow(name, platform, sha256, bytes, unpackedBytes, libraries) {
  const file = `${name.replaceAll('-', '_')}-${version}-cp311-cp311-${platform}.whl`;
  return { name, version, platform, file, sha256, bytes, unpackedBytes, keep: [...libraries, ...headers] };
}

/**
 * One of the libraries that the `and-cuda` extra of the tensorflow wheel names, in the newest version its bounds allow.
 *
 * @param {string} library
 * @param {string} libraryVersion
 * @param {string} tags platform tags in the file's name; the first is the one pip is asked for
 * @param {string} sha256
 * @param {number} bytes
 * @param {number} unpackedBytes
 * @returns {Wheel}
 */
function cuda(library, libraryVersion, tags, sha256, bytes, unpackedBytes) {
  const name = `nvidia-${library}-cu12`;
  const file = `${name.replaceAll('-', '_')}-${libraryVersion}-py3-none-${tags}.whl`;
  const platform = tags.split('.')[0];
  const wheel = { name, version: libraryVersion, platform, file, sha256, bytes, unpackedBytes };
  return { ...wheel, keep: ['nvidia/'], leave: ['include', '.a', '.py'] };
}

const linux227 = 'manylinux_2_27_x86_64';
const linux217 = 'manylinux2014_x86_64.manylinux_2_17_x86_64';
const linux212 = 'manylinux2010_x86_64.manylinux_2_12_x86_64';

/* prettier-ignore */
const cudaWheels = [
  cuda('cublas', '12.9.3.13', linux227, 'd7d51055f161b317c7105ddaae90e71eda059026074ffef93cf7cde2886bfe72', 581_217_458, 855_064_416),
  cuda('cuda-cupti', '12.8.90', linux217, 'ea0cb07ebda26bb9b29ba82cda34849e73c166c18162d3913575b0c9db9a6182', 10_248_621, 41_311_976),
  cuda('cuda-nvcc', '12.9.86', linux212, '5d6a0d32fdc7ea39917c20065614ae93add6f577d840233237ff08e9a38f58f0', 40_546_229, 97_998_760),
  cuda('cuda-nvrtc', '12.9.86', linux212, '210cf05005a447e29214e9ce50851e83fc5f4358df8b453155d5e1918094dcb4', 89_568_129, 227_340_992),
  cuda('cuda-runtime', '12.9.79', linux217, '25bba2dfb01d48a9b59ca474a1ac43c6ebf7011f1b0b8cc44f54eb6ac48a96c3', 3_493_179, 741_088),
  cuda('cudnn', '9.28.0.42', linux227, '9ff58b7f36dacd0a93e89f8f2957b52466889217963701daa15e577317cfa375', 716_538_495, 1_162_393_472),
  cuda('cufft', '11.4.1.4', linux217, 'c67884f2a7d276b4b80eb56a79322a95df592ae5e765cf1243693365ccab4e28', 200_877_592, 293_609_416),
  cuda('curand', '10.3.10.19', linux227, '49b274db4780d421bd2ccd362e1415c13887c53c214f0d4b761752b8f9f6aa1e', 68_295_626, 166_965_432),
  cuda('cusolver', '11.7.5.82', linux227, '15da72d1340d29b5b3cf3fd100e3cd53421dde36002eda6ed93811af63c40d88', 338_117_415, 494_975_064),
  cuda('cusparse', '12.5.10.65', linux217, '73060ce019ac064a057267c585bf1fd5a353734151f87472ff02b2c5c9984e78', 366_465_088, 486_556_368),
  cuda('nccl', '2.32.3', linux227, 'bb94b2348e4861d5e8aa00b36c3d12d9bdf9c6369b82cbb723de0b582280a21c', 351_526_311, 489_653_380),
  cuda('nvjitlink', '12.9.86', linux212, 'e3f1171dbdc83c5932a45f0f4c99180a70de9bd2718c1ab77d14104f6d7147f9', 39_748_338, 95_935_344),
];

/** @type {Record<string, Definitions>} */
const definitions = {
  'linux-x64': {
    cpu: {
      id: `tensorflow-${version}-cpu-linux-x64`,
      version,
      variant: 'cpu',
      libraries: elf,
      wheels: [
        tensorflow(
          'tensorflow-cpu',
          linux227,
          '2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c',
          273_829_956,
          855_126_756,
          elf,
        ),
      ],
    },
    gpu: {
      id: `tensorflow-${version}-gpu-linux-x64`,
      version,
      variant: 'gpu',
      libraries: elf,
      wheels: [
        tensorflow(
          'tensorflow',
          linux227,
          '9056fbc9ba04235810b71ae6cbd958a196e8804fb53bbcffbf3e23b56155f124',
          572_440_367,
          1_260_889_703,
          elf,
        ),
        ...cudaWheels,
      ],
    },
  },
  'linux-arm64': {
    cpu: {
      id: `tensorflow-${version}-cpu-linux-arm64`,
      version,
      variant: 'cpu',
      libraries: elf,
      wheels: [
        tensorflow(
          'tensorflow',
          'manylinux_2_27_aarch64',
          '4b24aca16d527a3cf1c37f720c04c484c3d20f4d0fdfa98632ac8b9f3be6eb5c',
          281_828_020,
          884_880_028,
          elf,
        ),
      ],
    },
  },
  'darwin-arm64': {
    cpu: {
      id: `tensorflow-${version}-cpu-darwin-arm64`,
      version,
      variant: 'cpu',
      libraries: machO,
      wheels: [
        tensorflow(
          'tensorflow',
          'macosx_12_0_arm64',
          '51f46f4806139d01fc7920cc72a4c75876f80649bf40ff083ab6212ceb43ca88',
          223_405_849,
          742_623_444,
          machO,
        ),
      ],
    },
  },
};

/**
 * @param {string} platform as `process.platform`
 * @param {string} architecture as `process.arch`
 * @returns {Definitions} empty where no wheel holds TensorFlow's libraries for C
 */
export function definitionsFor(platform, architecture) {
  return definitions[`${platform}-${architecture}`] ?? {};
}
