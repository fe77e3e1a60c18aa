import type { JSX } from 'react';
import type { Finding, ImageSetCheck } from '../../../contract/dataSet.ts';
import { classes } from '../../components/classes.ts';
import { Icon } from '../../components/Icon.tsx';
import { StateMark } from '../../components/marks.tsx';
import { Panel } from '../../components/Panel.tsx';
import { count, counted } from '../../words.ts';
import { planOf } from './plan.ts';
import styles from './data.module.css';

const looks = {
  stops: { name: styles.bad, icon: 'bad' },
  'leaves-out': { name: styles.warn, icon: 'warn' },
  note: { name: styles.info, icon: 'info' },
} as const;
const namesShown = 3;

/** What the data doctor found: what, which file, the evidence, and what to do. */
export function Doctor({ report }: { report: ImageSetCheck }): JSX.Element {
  const { findings, passed } = report;
  return (
    <Panel label="Data doctor" flush>
      <Verdict report={report} />
      <ul>
        {findings.map((finding) => (
          <FindingRow key={`${finding.kind} ${finding.file}`} finding={finding} />
        ))}
      </ul>
      <div className={styles.passed}>
        <StateMark icon="check" tone="ok">
          <b>{counted(passed.length, 'check')} passed</b>
        </StateMark>
        <span className="small soft clip" title={passed.join('\n')}>
          {passed.join(' · ')}
        </span>
      </div>
    </Panel>
  );
}

function Verdict({ report }: { report: ImageSetCheck }): JSX.Element {
  const { findings, skipped, decodable } = report;
  const stops = findings.filter((finding) => finding.severity === 'stops').length;
  if (stops > 0) {
    return (
      <div className={classes(styles.verdict, styles.bad)} role="alert">
        <Icon name="bad" />
        <div className="grow">
          <b>
            Not ready: {counted(stops, 'problem')} {stops === 1 ? 'stops' : 'stop'} this set
          </b>
          <div className="soft">
            Your folder is never changed: correct the files outside the Studio, then check again.
          </div>
        </div>
      </div>
    );
  }
  if (skipped.length > 0) {
    return (
      <div className={classes(styles.verdict, styles.warn)}>
        <Icon name="warn" />
        <div className="grow">
          <b>Ready, without {counted(skipped.length, 'file')}</b>
          <div className="soft">{planOf(report)} Your folder is never changed.</div>
        </div>
      </div>
    );
  }
  return (
    <div className={classes(styles.verdict, styles.ok)}>
      <Icon name="check" />
      <div className="grow">
        <b>Ready: all {counted(decodable, 'image')} can be read</b>
        <div className="soft">
          {findings.length === 0 ? 'Nothing was found wrong.' : planOf(report)} Your folder is never changed.
        </div>
      </div>
    </div>
  );
}

function FindingRow({ finding }: { finding: Finding }): JSX.Element {
  const { severity, sentence, evidence, fix, files } = finding;
  const { name, icon } = looks[severity];
  const rest = finding.count - Math.min(namesShown, files.length);
  return (
    <li className={classes(styles.finding, name)}>
      <Icon name={icon} />
      <div>
        <b>{sentence}</b>
        <div className="small clip" title={files.join('\n')}>
          {files.slice(0, namesShown).map((file) => (
            <code key={file}>{file} </code>
          ))}
          {rest > 0 && <span className="muted">and {count(rest)} more</span>}
        </div>
        {evidence !== '' && (
          <span className={styles.bytes} title={evidence}>
            {evidence}
          </span>
        )}
        <div className="soft">{fix}</div>
      </div>
    </li>
  );
}
