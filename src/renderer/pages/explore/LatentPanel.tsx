import type { JSX } from 'react';
import { setParams } from '../../address/address.ts';
import { api, useLatest } from '../../api/api.ts';
import { sentenceOf } from '../../api/errors.ts';
import { Button } from '../../components/Button.tsx';
import { Note } from '../../components/marks.tsx';
import { Panel } from '../../components/Panel.tsx';
import { PictureFrame } from '../../components/PictureFrame.tsx';
import { Picture } from '../../components/PictureGrid.tsx';
import { Slider } from '../../components/Slider.tsx';
import { useLivePictures } from '../../components/useLivePictures.ts';
import { counted, figure, fixedTo } from '../../words.ts';
import { withMoved } from './latents.ts';
import { moveLatent } from './useExploreAddress.ts';
import styles from './explore.module.css';

const shownLatents = 12;
const reach = 3;

export interface LatentPanelProps {
  run: string;
  step: number;
  name: string;
  /** Of the chosen picture, before anything is moved; null while they are read. */
  latents: readonly number[] | null;
  moved: ReadonlyMap<number, number>;
}

/** The chosen picture large, and sliders for the latents that change pictures most. */
export function LatentPanel({ run, step, name, latents, moved }: LatentPanelProps): JSX.Element {
  const effects = useLatest(['live effects', run, step], (signal) =>
    api.intervene.latentEffects({ run, step }, { signal }),
  );
  const source =
    latents === null
      ? null
      : { kind: 'latents' as const, latents: [[...latents], withMoved(latents, moved)] };
  const answer = useLivePictures(
    source === null ? null : { run, step, source, recipe: { version: 1, name: 'none', steps: [] } },
  );
  const error = answer.error ?? (effects.error === null ? null : sentenceOf(effects.error));
  const most = effects.data?.[0]?.effect ?? 1;
  const tools = (
    <Button
      size="small"
      disabled={moved.size === 0}
      onClick={() => {
        setParams({ moved: undefined });
      }}
    >
      Back to {name.replace(/^Seed /, 'seed ')}
    </Button>
  );
  return (
    <Panel
      title={name}
      fact={moved.size === 0 ? 'unchanged' : `${counted(moved.size, 'latent')} edited`}
      tools={tools}
    >
      {error !== null && <Note tone="bad">{error}</Note>}
      <div className={styles.latents}>
        <div className={styles.pair}>
          {[0, 1].map((index) => (
            <figure key={index} className={styles.face}>
              <PictureFrame>
                {answer.value !== null && (
                  <Picture
                    pictures={answer.value}
                    index={index}
                    label={index === 0 ? `${name}, unchanged` : `${name}, edited`}
                  />
                )}
              </PictureFrame>
              <figcaption>{index === 0 ? name : 'edited'}</figcaption>
            </figure>
          ))}
        </div>
        <div className={styles.sliders}>
          {latents !== null &&
            effects.data?.slice(0, shownLatents).map(({ latent, effect }) => {
              const defaultValue = latents[latent] ?? 0;
              return (
                <div key={latent} className={styles.latent}>
                  <span className="soft">Latent {latent}</span>
                  <Slider
                    label={`Latent ${latent}`}
                    min={-reach}
                    max={reach}
                    step={0.05}
                    value={moved.get(latent) ?? defaultValue}
                    resetTo={defaultValue}
                    format={(value) => fixedTo(value, 2)}
                    onChange={(value) => {
                      moveLatent(moved, latent, value === defaultValue ? null : value);
                    }}
                  />
                  <span
                    className={styles.effect}
                    title={`Between −1.5 and 1.5 a value of the picture changes by ${figure(effect)} on average`}
                  >
                    <i style={{ width: `${(effect / most) * 100}%` }} />
                  </span>
                </div>
              );
            })}
          <p className="small muted">
            The {shownLatents} latents that change pictures most, with how much they do.
          </p>
        </div>
      </div>
    </Panel>
  );
}
