import { useState } from 'react';
import type { JSX } from 'react';
import type { FluoHairModule } from '../../../contract/intervene.ts';
import { defaultStrength, magenta } from '../../../contract/recipe.ts';
import type { Colour, Gate } from '../../../contract/recipe.ts';
import { classes } from '../../components/classes.ts';
import { SelectField } from '../../components/controls.tsx';
import type { FluoHairStep } from '../../components/fluoHairStep.ts';
import { Note } from '../../components/marks.tsx';
import { moduleTitle } from '../../components/moduleNames.ts';
import { Slider } from '../../components/Slider.tsx';
import { useTyped } from '../../components/useTyped.ts';
import { Term } from '../../components/Term.tsx';
import { counted, fixedTo } from '../../words.ts';
import { ChannelsField } from './ChannelsField.tsx';
import { Checks } from './Checks.tsx';
import type { CheckAnswer } from './Checks.tsx';
import { colourFromHex, colourOf, hexOf, hueColourOf, swatches } from './colours.ts';
import { ColourWheel } from './ColourWheel.tsx';
import { HairOnlyChoice } from './HairOnlyChoice.tsx';
import { KernelFigure } from './KernelFigure.tsx';
import { Setting } from './Setting.tsx';
import { SidePanel } from './SidePanel.tsx';
import { moduleOf, titleOfChannels } from './stepWords.ts';
import styles from './FluoHairPanel.module.css';

export interface FluoHairPanelProps {
  step: FluoHairStep;
  modules: readonly FluoHairModule[];
  check: CheckAnswer;
  /** False while the step is switched off, or this model cannot do it. */
  isOn: boolean;
  onChange: (step: FluoHairStep, words: string, what: string) => void;
}

/** The module, the colour and the strength of a FluoHair step, and what it did in figures. */
export function FluoHairPanel({ step, modules, check, isOn, onChange }: FluoHairPanelProps): JSX.Element {
  const [lastHue, setLastHue] = useState(0);
  const module = moduleOf(step.channels, modules);
  const colour: Colour = step.map.kind === 'target' ? step.map.colour : magenta.colour;
  const strength = step.map.kind === 'target' ? step.map.strength : defaultStrength;
  const hue = hueColourOf(colour, lastHue);
  const paint = (next: Colour, words: string): void => {
    onChange({ ...step, map: { kind: 'target', colour: next, strength } }, words, 'colour');
  };
  const choices = [
    ...modules.map((each) => ({
      value: keyOf(each),
      label: `${moduleTitle(each)}, ${counted(each.channels.length, 'channel')}${each.isByChance ? ', below chance' : ''}`,
    })),
    ...(module === undefined
      ? [{ value: 'own', label: `By hand, ${counted(step.channels.length, 'channel')}` }]
      : []),
  ];
  const tools = (
    <SelectField
      label="What is recoloured"
      small
      width={158}
      value={module === undefined ? 'own' : keyOf(module)}
      choices={choices}
      onChange={(key) => {
        const next = modules.find((each) => keyOf(each) === key);
        if (next !== undefined) {
          const words = `FluoHair on ${moduleTitle(next)}`;
          onChange({ ...step, channels: [...next.channels] }, words, 'module');
        }
      }}
    />
  );
  return (
    <SidePanel title={<Term name="fluoHair" />} tools={tools}>
      {module?.isByChance === true && (
        <Note tone="warn">
          {moduleTitle(module)} is below chance: halves of the data agree on its channels no better than on
          random ones.
        </Note>
      )}
      <div className={styles.colour}>
        <ColourWheel
          colour={hue}
          onChange={(next) => {
            setLastHue(next.hue);
            paint(colourOf(next), `Colour to hue ${Math.round(next.hue)}°`);
          }}
        />
        <div className={styles.values}>
          <div className={styles.target}>
            <span className="soft">Target</span>
            <HexField colour={colour} onChange={paint} />
            <span className="num">
              {step.map.kind === 'target'
                ? `${Math.round(hue.hue)}°`
                : step.map.kind === 'negate'
                  ? '−1 ×'
                  : 'matrix'}
            </span>
          </div>
          <Setting>
            <span className="soft">Strength</span>
            <Slider
              label="Strength"
              min={0.1}
              max={3}
              step={0.05}
              value={strength}
              resetTo={defaultStrength}
              format={(value) => fixedTo(value, 2)}
              onChange={(next) => {
                const map = { kind: 'target' as const, colour, strength: next };
                onChange({ ...step, map }, `Strength to ${fixedTo(next, 2)}`, 'strength');
              }}
            />
          </Setting>
          <Swatches colour={colour} onChange={paint} />
          <HairOnlyChoice
            gate={step.gate}
            modules={modules}
            onChange={(gate, words) => {
              onChange(withGate(step, gate), words, 'gate');
            }}
          />
        </div>
      </div>
      {module === undefined && step.gate === undefined && (
        <div className={styles.channels}>
          <ChannelsField
            channels={step.channels}
            onChange={(channels) => {
              onChange({ ...step, channels }, 'Other channels', 'channels');
            }}
          />
        </div>
      )}
      {step.gate === undefined && <KernelFigure channels={step.channels} check={check} />}
      <Checks check={check} what={titleOfChannels(step.channels, modules) ?? null} isOn={isOn} />
    </SidePanel>
  );
}

/** Without a gate the field is left out, as in the recipes of the paper's way. */
function withGate({ kind, channels, map, enabled }: FluoHairStep, gate: Gate | undefined): FluoHairStep {
  return { kind, channels, map, enabled, ...(gate !== undefined && { gate }) };
}

function keyOf({ count, letter }: FluoHairModule): string {
  return `${count}${letter}`;
}

interface ColourProps {
  colour: Colour;
  onChange: (colour: Colour, words: string) => void;
}

function HexField({ colour, onChange }: ColourProps): JSX.Element {
  const { typed, handlers } = useTyped(hexOf(colour), (text) => {
    const next = colourFromHex(text);
    if (next !== undefined) onChange(next, `Colour to ${hexOf(next)}`);
  });
  return (
    <span className={classes('row', styles.hex)}>
      <i style={{ background: hexOf(colour) }} />
      <input
        className="mono"
        aria-label="Target colour, six hexadecimal digits"
        value={typed ?? hexOf(colour)}
        {...handlers}
      />
    </span>
  );
}

function Swatches({ colour, onChange }: ColourProps): JSX.Element {
  return (
    <div className={classes('row between', styles.colours)}>
      <span className="soft small">Colours</span>
      <span className={classes('row', styles.swatches)} role="group" aria-label="Usual colours">
        {swatches.map((swatch) => (
          <button
            key={swatch.name}
            type="button"
            className={styles.swatch}
            aria-label={swatch.name}
            title={swatch.name}
            aria-pressed={hexOf(swatch.colour) === hexOf(colour)}
            style={{ background: hexOf(swatch.colour) }}
            onClick={() => {
              onChange([...swatch.colour], `Colour to ${swatch.name.toLowerCase()}`);
            }}
          />
        ))}
      </span>
    </div>
  );
}
