import type { JSX } from 'react';
import type { ImageSetCheck } from '../../../contract/dataSet.ts';
import { setParams, useAddress } from '../../address/address.ts';
import { api, useLatest } from '../../api/api.ts';
import { sentenceOf } from '../../api/errors.ts';
import { Button } from '../../components/Button.tsx';
import { SelectField } from '../../components/controls.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Note } from '../../components/marks.tsx';
import { Panel } from '../../components/Panel.tsx';
import { PictureGrid } from '../../components/PictureGrid.tsx';
import { noPictures, picturesOf } from '../../components/pictures.ts';
import { count } from '../../words.ts';
import { useCrop } from './SetFacts.tsx';

const perPage = 20;

/** The pictures as a model sees them; one that is chosen is shown whole above. */
export function Browse({ folder, report }: { folder: string; report: ImageSetCheck }): JSX.Element {
  const { params } = useAddress();
  const crop = useCrop();
  const attribute = params['attribute'];
  const offset = Math.max(0, Number(params['from'] ?? 0) || 0);
  const shown = useLatest(['browse', folder, crop, attribute, offset], async (signal) => {
    const asked = { folder, crop, offset, count: perPage, ...(attribute !== undefined && { attribute }) };
    const batch = await api.studio.data.browse(asked, { signal });
    return { pictures: await picturesOf(batch), files: batch.files, total: batch.total };
  });
  const { pictures = noPictures, files = [], total = 0 } = shown.data ?? {};
  const selected = files.indexOf(params['file'] ?? '');
  return (
    <Panel
      title="Browse"
      fact={
        total === 0
          ? undefined
          : `${count(offset + 1)} to ${count(Math.min(total, offset + perPage))} of ${count(total)}`
      }
      tools={
        <>
          <Filter report={report} attribute={attribute} />
          <Pager offset={offset} total={total} />
        </>
      }
    >
      {shown.error !== null && <Note tone="bad">{sentenceOf(shown.error)}</Note>}
      <PictureGrid
        pictures={pictures}
        label="Pictures of the set"
        nameOf={(index) => files[index] ?? ''}
        columns={5}
        gap={12}
        selected={selected >= 0 ? [selected] : []}
        stale={shown.isPlaceholderData}
        onSelect={(index) => {
          setParams({ file: files[index] });
        }}
      />
    </Panel>
  );
}

function Filter({
  report,
  attribute,
}: {
  report: ImageSetCheck;
  attribute: string | undefined;
}): JSX.Element | null {
  const names = report.attributes.filter(({ yes }) => yes > 0).map(({ name }) => name);
  if (names.length === 0) return null;
  const choices = [
    { value: '', label: 'all' },
    ...names.sort().map((name) => ({ value: name, label: name.replaceAll('_', ' ') })),
  ];
  return (
    <SelectField
      small
      width={128}
      label="Only with this attribute"
      value={attribute ?? ''}
      choices={choices}
      onChange={(name) => {
        setParams({ attribute: name === '' ? undefined : name, from: undefined });
      }}
    />
  );
}

function Pager({ offset, total }: { offset: number; total: number }): JSX.Element {
  const go = (to: number) => () => {
    setParams({ from: to === 0 ? undefined : to });
  };
  return (
    <>
      <Button
        look="quiet"
        size="small"
        square
        aria-label="Pictures before"
        disabled={offset === 0}
        onClick={go(Math.max(0, offset - perPage))}
      >
        <Icon name="left" />
      </Button>
      <Button
        look="quiet"
        size="small"
        square
        aria-label="Pictures after"
        disabled={offset + perPage >= total}
        onClick={go(offset + perPage)}
      >
        <Icon name="right" />
      </Button>
    </>
  );
}
