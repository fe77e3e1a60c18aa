import type { JSX } from 'react';
import { setParams } from '../../address/address.ts';
import { api } from '../../api/api.ts';
import { useLong } from '../../api/useLong.ts';
import { Button } from '../../components/Button.tsx';
import { classes } from '../../components/classes.ts';
import { SelectField } from '../../components/controls.tsx';
import { LongLine } from '../../components/LongLine.tsx';
import { Note } from '../../components/marks.tsx';
import type { Ref } from '../../shell/useModel.ts';
import { count, fixedTo, nameOf } from '../../words.ts';
import { RankBars } from './RankBars.tsx';
import { select, useChannelsAddress } from './useChannelsAddress.ts';
import styles from './AttributeRank.module.css';

const shown = 12;
const strong = 0.3;

/** Channels whose mean activation goes with an attribute of the data's held-out pictures. */
export function AttributeRank({ model }: { model: Ref }): JSX.Element {
  const { level, attribute } = useChannelsAddress();
  const list = useLong({
    title: `Reading the attributes of ${nameOf(model.run)}’s data`,
    key: ['attributes', model.run, model.step],
    start: (signal) => api.channels.rankByAttribute({ ...model, level }, { signal }),
  });
  const long = useLong({
    title: `Ranking ${level} channels of ${nameOf(model.run)} by an attribute`,
    key: attribute === null ? null : ['attribute', model.run, model.step, level, attribute],
    start: (signal) =>
      api.channels.rankByAttribute({ ...model, level, ...(attribute !== null && { attribute }) }, { signal }),
  });
  if (list.data === undefined) return <LongLine long={list} title="Reading the attributes" />;
  const data = { ranks: [], pictures: 0, ...long.data, attributes: list.data.attributes };
  if (data.attributes.length === 0)
    return <Note tone="info">The images of this run have no attributes.</Note>;
  const strongest = data.ranks.filter(({ correlation }) => Math.abs(correlation) >= strong);
  return (
    <div>
      <SelectField
        label="Attribute"
        value={attribute ?? ''}
        choices={[
          { value: '', label: 'Choose…' },
          ...data.attributes.map((name) => ({ value: name, label: name.replaceAll('_', ' ') })),
        ]}
        onChange={(value) => {
          setParams({ attribute: value === '' ? undefined : value });
        }}
      />
      {attribute !== null && <LongLine long={long} title="Ranking channels" unit=" pictures" />}
      {data.ranks.length > 0 && (
        <>
          <div className={classes('row between', styles.head)}>
            <h3>Channels that go with it</h3>
            <span className="muted small">correlation</span>
          </div>
          <RankBars
            rows={data.ranks.slice(0, shown).map(({ channel, correlation }) => ({
              channel,
              share: correlation,
              text: fixedTo(correlation, 2),
              isQuiet: Math.abs(correlation) < strong,
            }))}
            onOpen={(channel) => {
              setParams({ at: channel });
            }}
          />
          <p className={classes('small soft', styles.found)}>
            Mean activation against the attribute over {count(data.pictures)} held-out pictures.{' '}
            {strongest.length} of {data.ranks.length} reach 0.3.
          </p>
          {strongest.length > 0 && (
            <Button
              size="small"
              wide
              onClick={() => {
                select(strongest.map(({ channel }) => channel));
              }}
            >
              Select these {strongest.length}
            </Button>
          )}
        </>
      )}
    </div>
  );
}
