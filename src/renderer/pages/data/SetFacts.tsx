import { useEffect, useState } from 'react';
import type { JSX } from 'react';
import { cropSchema } from '../../../contract/dataSet.ts';
import type { Crop, ImageSetCheck } from '../../../contract/dataSet.ts';
import { setParams, useAddress } from '../../address/address.ts';
import { api, useLatest } from '../../api/api.ts';
import { sentenceOf } from '../../api/errors.ts';
import { classes } from '../../components/classes.ts';
import { Segmented } from '../../components/controls.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Note, ReadOut } from '../../components/marks.tsx';
import { Panel } from '../../components/Panel.tsx';
import { PictureFrame } from '../../components/PictureFrame.tsx';
import { Picture } from '../../components/Picture.tsx';
import { picturesOf } from '../../components/pictures.ts';
import { bytes, count, duration } from '../../words.ts';
import styles from './data.module.css';

const cropWords: Record<Crop, string> = {
  vae: 'as the base code of the VAE',
  dcgan: 'as the base code of the GAN',
  full: 'the largest central square',
};
const previewHeight = 92;

/** How many there are, and what a model will see of one. */
export function SetFacts({
  folder,
  report,
  seconds,
}: {
  folder: string;
  report: ImageSetCheck;
  seconds: number;
}): JSX.Element {
  const { partitions } = report;
  return (
    <Panel title="What there is" fact={`${count(report.checked)} files read in ${duration(seconds)}`}>
      <div className={styles.counts}>
        <ReadOut value={count(partitions.train)}>images to train on</ReadOut>
        <ReadOut value={count(report.skipped.length)}>left out</ReadOut>
        <ReadOut value={bytes(report.packedBytes)}>packed cache</ReadOut>
      </div>
      <p className="small muted">
        Train {count(partitions.train)}, validation {count(partitions.validation)}, test{' '}
        {count(partitions.test)}. {sizesOf(report)}
      </p>
      <CropPreview folder={folder} />
    </Panel>
  );
}

function sizesOf({ sizes }: ImageSetCheck): string {
  const first = sizes[0];
  if (first === undefined) return '';
  const most = `${first.width} × ${first.height}`;
  return sizes.length === 1 ? `All are ${most} pixels.` : `Most are ${most} pixels.`;
}

export function useCrop(): Crop {
  return cropSchema.safeParse(useAddress().params['crop']).data ?? 'vae';
}

function CropPreview({ folder }: { folder: string }): JSX.Element | null {
  const { params } = useAddress();
  const crop = useCrop();
  const chosen = params['file'];
  const shown = useLatest(['crop', folder, chosen, crop], async (signal) => {
    const file = chosen ?? (await api.studio.data.browse({ folder, count: 1 }, { signal })).files[0];
    if (file === undefined) return null;
    const answer = await api.studio.data.picture({ folder, file, crop }, { signal });
    return { ...answer, file, pictures: await picturesOf(answer.square) };
  });
  if (shown.error !== null) return <Note tone="bad">{sentenceOf(shown.error)}</Note>;
  const data = shown.data;
  return (
    <div className={classes(styles.crop, 'rule')}>
      {data !== null && data !== undefined && (
        <>
          <div>
            <WholePicture picture={data} />
            <small>
              {data.width} × {data.height}
            </small>
          </div>
          <Icon name="right" />
          <div>
            <PictureFrame cell={64}>
              <Picture pictures={data.pictures} index={0} label={`${data.file}, cropped to 64 by 64`} />
            </PictureFrame>
            <small>64 × 64</small>
          </div>
        </>
      )}
      <div className={classes('grow', styles.facts)}>
        <Segmented
          small
          label="Crop"
          value={crop}
          choices={cropSchema.options.map((value) => ({ value, label: value }))}
          onChange={(value) => {
            setParams({ crop: value === 'vae' ? undefined : value });
          }}
        />
        <p className="small muted">
          {data === null || data === undefined ? '' : `Square of ${data.box.side}, ${cropWords[crop]}`}
        </p>
      </div>
    </div>
  );
}

interface Whole {
  whole: Blob;
  file: string;
  width: number;
  height: number;
  box: { left: number; top: number; side: number };
}

function WholePicture({ picture }: { picture: Whole }): JSX.Element {
  const { whole, file, width, height, box } = picture;
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(whole);
    setAddress(made);
    return () => {
      URL.revokeObjectURL(made);
    };
  }, [whole]);
  const scale = previewHeight / height;
  const frame = {
    left: box.left * scale,
    top: box.top * scale,
    width: box.side * scale,
    height: box.side * scale,
  };
  return (
    <span className={styles.whole} style={{ width: width * scale, height: previewHeight }}>
      {address !== undefined && (
        <img src={address} alt={`${file}, whole`} width={width * scale} height={previewHeight} />
      )}
      <i style={frame} />
    </span>
  );
}
