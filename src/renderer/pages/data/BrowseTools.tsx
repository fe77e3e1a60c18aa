import type { JSX } from 'react';
import { Button } from '../../components/Button.tsx';
import { Segmented, SelectField } from '../../components/controls.tsx';
import { Dice } from '../../components/Dice.tsx';
import { PageButton } from '../../components/PageButton.tsx';
import { Slider } from '../../components/Slider.tsx';
import { TypedNumber } from '../../components/TypedNumber.tsx';
import { count } from '../../words.ts';
import { largestSize, setBrowse, turnTo } from './useBrowseAddress.ts';
import type { BrowseAddress } from './useBrowseAddress.ts';
import styles from './Browse.module.css';

/** Dates of more files than these take seconds to read. */
const mostDated = 20_000;

/** Which pictures are shown, in which order, and how large. */
export function BrowseTools({
  address,
  attributes,
  total,
}: {
  address: BrowseAddress;
  attributes: readonly string[];
  total: number;
}): JSX.Element {
  const { attribute, has, order, seed, size } = address;
  const names = attributes.length === 0 && attribute !== undefined ? [attribute] : [...attributes].sort();
  return (
    <div className={styles.tools}>
      <SelectField
        small
        width={104}
        label="Order"
        value={order}
        choices={[
          { value: 'name', label: 'by name' },
          { value: 'random', label: 'random' },
          ...(total <= mostDated || order === 'newest' ? [{ value: 'newest', label: 'newest first' }] : []),
        ]}
        onChange={(next) => {
          setBrowse({ order: next as BrowseAddress['order'] });
        }}
      />
      {order === 'random' && (
        <Button
          size="small"
          square
          aria-label="Another random order"
          title="Another random order"
          onClick={() => {
            setBrowse({ seed: seed + 1 });
          }}
        >
          <Dice />
        </Button>
      )}
      {names.length > 0 && (
        <SelectField
          small
          width={136}
          label="Attribute"
          value={attribute ?? ''}
          choices={[
            { value: '', label: 'all pictures' },
            ...names.map((name) => ({ value: name, label: name.replaceAll('_', ' ') })),
          ]}
          onChange={(name) => {
            setBrowse({ attribute: name === '' ? undefined : name });
          }}
        />
      )}
      {attribute !== undefined && (
        <Segmented
          small
          label="Which of them"
          value={has ? 'has' : 'not'}
          choices={[
            { value: 'has', label: 'has it' },
            { value: 'not', label: 'has not' },
          ]}
          onChange={(next) => {
            setBrowse({ has: next === 'has' });
          }}
        />
      )}
      <span className={styles.size}>
        <span className="soft">Size</span>
        <Slider
          label="Size of the pictures"
          min={1}
          max={largestSize}
          step={1}
          value={size}
          resetTo={2}
          format={(value) => `× ${value}`}
          onChange={(next) => {
            setBrowse({ size: next });
          }}
        />
      </span>
    </div>
  );
}

/** The page before and after, and the first picture, which can be typed. */
export function Pager({
  from,
  perPage,
  total,
}: {
  from: number;
  perPage: number;
  total: number;
}): JSX.Element {
  return (
    <>
      <span className="small soft">From</span>
      <TypedNumber
        label="First picture"
        shown={count(from + 1)}
        rule={{ whole: true, min: 1, max: Math.max(1, total) }}
        onTyped={(first) => {
          turnTo(first - 1);
        }}
        isFramed
      />
      <PageButton
        name="Previous pictures"
        icon="left"
        to={from > 0 ? Math.max(0, from - perPage) : null}
        onMove={turnTo}
      />
      <PageButton
        name="Next pictures"
        icon="right"
        to={from + perPage < total ? from + perPage : null}
        onMove={turnTo}
      />
    </>
  );
}
