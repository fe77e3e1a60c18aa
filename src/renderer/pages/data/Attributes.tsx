import { useState } from 'react';
import type { JSX } from 'react';
import type { AttributeCount, ImageSetCheck } from '../../../contract/dataSet.ts';
import { useAddress } from '../../address/address.ts';
import { Button } from '../../components/Button.tsx';
import { Bar, EmptyBox } from '../../components/marks.tsx';
import { Panel } from '../../components/Panel.tsx';
import { count } from '../../words.ts';
import { setBrowse } from './useBrowseAddress.ts';
import styles from './data.module.css';

const shownAtFirst = 8;

/** How many images have each attribute; one that is clicked filters the pictures beside. */
export function Attributes({ report }: { report: ImageSetCheck }): JSX.Element {
  const [isWhole, setWhole] = useState(false);
  const all = report.attributes.filter(({ yes }) => yes > 0).sort((a, b) => b.yes - a.yes);
  const absent = report.attributes.length - all.length;
  const tools =
    all.length > shownAtFirst ? (
      <Button
        look="quiet"
        size="small"
        onClick={() => {
          setWhole(!isWhole);
        }}
      >
        {isWhole ? 'The most frequent' : `All ${all.length}`}
      </Button>
    ) : undefined;
  return (
    <Panel
      title="Attributes"
      fact={absent > 0 ? `${count(absent)} that no image has are left out` : undefined}
      tools={tools}
    >
      {all.length === 0 ? (
        <EmptyBox icon="file" title="No attributes">
          They come with CelebA’s list_attr_celeba.txt. Training works without; naming modules by attribute
          does not.
        </EmptyBox>
      ) : (
        <ul className={styles.histogram}>
          {(isWhole ? all : all.slice(0, shownAtFirst)).map((attribute) => (
            <AttributeRow key={attribute.name} attribute={attribute} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

function AttributeRow({ attribute }: { attribute: AttributeCount }): JSX.Element {
  const { name, yes, no, unknown } = attribute;
  const chosen = useAddress().params['attribute'] === name;
  const share = yes / Math.max(1, yes + no + unknown);
  return (
    <li>
      <button
        type="button"
        aria-pressed={chosen}
        title="Browse only these"
        onClick={() => {
          setBrowse({ attribute: chosen ? undefined : name });
        }}
      >
        <span className="clip">{name.replaceAll('_', ' ')}</span>
        <Bar share={share} />
        <span className="num">{count(yes)}</span>
        <span className="num muted">{Math.round(share * 100)} %</span>
      </button>
    </li>
  );
}
