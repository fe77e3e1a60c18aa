import { useState } from 'react';
import type { JSX, MouseEvent } from 'react';
import { Dialog } from '../components/Dialog.tsx';
import { pictureAddress } from './guideText.ts';
import type { Block, Inline } from './parseGuide.ts';
import styles from './GuidePanel.module.css';

export interface GuideBlocksProps {
  blocks: readonly Block[];
  /** A link within the guide was followed. */
  onGo: (slug: string) => void;
}

/** A chapter as it is read. Every part is an element of its own: no HTML comes from the text. */
export function GuideBlocks({ blocks, onGo }: GuideBlocksProps): JSX.Element {
  return (
    <>
      {blocks.map((block, index) => (
        <BlockView key={index} block={block} onGo={onGo} />
      ))}
    </>
  );
}

function BlockView({ block, onGo }: { block: Block; onGo: (slug: string) => void }): JSX.Element | null {
  const line = (parts: readonly Inline[]): JSX.Element => <Line parts={parts} onGo={onGo} />;
  switch (block.kind) {
    case 'heading':
      return (
        <h3 id={anchorOf(block.slug)} tabIndex={-1}>
          {block.text}
        </h3>
      );
    case 'paragraph':
      return <p>{line(block.parts)}</p>;
    case 'list': {
      const items = block.items.map((item, index) => <li key={index}>{line(item)}</li>);
      return block.isOrdered ? <ol>{items}</ol> : <ul>{items}</ul>;
    }
    case 'table':
      return (
        <table>
          <thead>
            <tr>
              {block.head.map((cell, index) => (
                <th key={index}>{line(cell)}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {block.rows.map((row, index) => (
              <tr key={index}>
                {row.map((cell, column) => (
                  <td key={column}>{line(cell)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      );
    case 'picture': {
      const address = pictureAddress(block.file);
      return address === undefined ? null : <GuidePicture address={address} words={block.alt} />;
    }
  }
}

function GuidePicture({ address, words }: { address: string; words: string }): JSX.Element {
  const [isLarge, setLarge] = useState(false);
  return (
    <>
      <button
        type="button"
        className={styles.picture}
        title="Enlarge"
        onClick={() => {
          setLarge(true);
        }}
      >
        <img src={address} alt={words} loading="lazy" />
      </button>
      <Dialog
        title="Picture of the guide"
        width={1240}
        isOpen={isLarge}
        onClose={() => {
          setLarge(false);
        }}
      >
        <img className={styles.large} src={address} alt={words} />
      </Dialog>
    </>
  );
}

function Line({ parts, onGo }: { parts: readonly Inline[]; onGo: (slug: string) => void }): JSX.Element {
  return (
    <>
      {parts.map((part, index) => (
        <Part key={index} part={part} onGo={onGo} />
      ))}
    </>
  );
}

function Part({ part, onGo }: { part: Inline; onGo: (slug: string) => void }): JSX.Element {
  switch (part.kind) {
    case 'text':
      return <>{part.text}</>;
    case 'code':
      return <code>{part.text}</code>;
    case 'bold':
      return (
        <b>
          <Line parts={part.parts} onGo={onGo} />
        </b>
      );
    case 'italic':
      return (
        <em>
          <Line parts={part.parts} onGo={onGo} />
        </em>
      );
    case 'link':
      return <GuideLink to={part.to} parts={part.parts} onGo={onGo} />;
  }
}

interface LinkProps {
  to: string;
  parts: readonly Inline[];
  onGo: (slug: string) => void;
}

/** Chapters are gone to; what lies outside the guide is named, since neither the window nor the page opens it. */
function GuideLink({ to, parts, onGo }: LinkProps): JSX.Element {
  const words = <Line parts={parts} onGo={onGo} />;
  if (to.startsWith('#')) {
    const follow = (event: MouseEvent): void => {
      // The address belongs to the pages.
      event.preventDefault();
      onGo(to.slice(1));
    };
    return (
      <a href={to} onClick={follow}>
        {words}
      </a>
    );
  }
  const where = /^https?:/.test(to) ? to : `docs/${to.replace(/#.*$/, '')} in the project’s folder`;
  return (
    <span className={styles.outside} title={where}>
      {words}
    </span>
  );
}

/** Anchors of the guide have names of their own, beside those of the page. */
export function anchorOf(slug: string): string {
  return `guide-${slug}`;
}
