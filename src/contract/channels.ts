import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { hiddenLevelSchema } from './levels.ts';
import { long, method } from './method.ts';
import { channelModuleSchema, moduleCandidateSchema, moduleSearchSettings } from './modules.ts';
import { modelRefSchema, nonEmpty, pictureBatchSchema, whole } from './shared.ts';

/** What the page Channels works with: maps, modules and single channels of one level of a model. */

const atLevel = modelRefSchema.extend({ level: hiddenLevelSchema.default('fine') });
/** A level of a model. */
export type AtLevel = z.output<typeof atLevel>;

/** The same settings, and the same result, as `modules` of the command line. */
const searchInput = modelRefSchema.extend(moduleSearchSettings);

/** A module without its region, which travels as a picture. */
export const moduleFactsSchema = channelModuleSchema.omit({ region: true });
export type ModuleFacts = z.infer<typeof moduleFactsSchema>;

export const modulesOverviewSchema = z.object({
  level: hiddenLevelSchema,
  step: whole,
  pairs: z.number().int(),
  channels: z.number().int(),
  /** The number of modules that the search chose. */
  count: z.number().int(),
  /** The module that FluoHair takes for hair, and the number of modules it is one of; null at other levels than the fine one. */
  hair: z.object({ count: z.number().int(), letter: z.string() }).nullable(),
  candidates: z.array(
    moduleCandidateSchema
      .omit({ modules: true, error: true })
      .extend({ modules: z.array(moduleFactsSchema) }),
  ),
  unassigned: z.array(whole),
  /** Where the file of the search lies; null where it could not be kept. */
  file: z.string().nullable(),
});
export type ModulesOverview = z.infer<typeof modulesOverviewSchema>;

/** A face: a seed, or a picture of the data by its place there, as the model takes it in. */
export const faceSourceSchema = z.union([whole, z.strictObject({ picture: whole })]);
export type FaceSource = z.infer<typeof faceSourceSchema>;

/** What the pictures that activate a channel most are looked for among. */
export const topSources = ['seeds', 'pictures'] as const;
export type TopSource = (typeof topSources)[number];
/** Pictures that are shown of each channel, and those that are looked through where nobody says. */
export const shownTop = 9;
export const defaultTopCount = 1000;

const topEntrySchema = z.strictObject({
  /** The seed, or the place of the picture in the data. */
  source: whole,
  /** The file of a picture; null of a seed. */
  name: z.string().nullable(),
  /** Mean of the channel's map. */
  value: z.number(),
});
export type TopEntry = z.infer<typeof topEntrySchema>;

const topFields = {
  level: hiddenLevelSchema,
  step: whole,
  of: z.enum(topSources),
  /** Seeds or pictures that were looked through. */
  count: whole,
  /** Of each channel, the strongest first. */
  channels: z.array(z.array(topEntrySchema).max(shownTop)),
};
export const topSchema = z.object(topFields);
export type TopPictures = z.infer<typeof topSchema>;

/** The file that keeps them with the run. */
export const topFileSchema = z.strictObject({
  version: z.literal(1),
  /** SHA-256 of the weights, and the key of the data that was looked through. */
  weights: z.string().length(64),
  data: z.string().nullable(),
  ...topFields,
});

export const topWrittenSchema = z.object({
  folder: z.string(),
  file: z.string(),
  picture: z.string(),
  level: hiddenLevelSchema,
  step: whole,
  of: z.enum(topSources),
  count: whole,
  channel: whole,
  top: z.array(topEntrySchema),
});

export const mapScales = ['each', 'common'] as const;

/** A name that a person gave a module: it belongs to the module's channels, in whatever number of modules they are one. */
export const givenNameSchema = z.strictObject({
  channels: z.array(whole).min(1).max(4096),
  name: z.string().trim().min(1).max(40),
});
export type GivenName = z.infer<typeof givenNameSchema>;

/** The file of the names at one level of one checkpoint. */
export const givenNamesFileSchema = z.strictObject({
  version: z.literal(1),
  names: z.array(givenNameSchema),
});

const mapsSchema = z.object({
  /** In the colours of viridis. */
  maps: pictureBatchSchema,
  /** Mean of each map. */
  strengths: z.array(z.number()),
  /** The greatest value of all maps: the end of a common scale. */
  greatest: z.number(),
});

export const channelRankSchema = z.object({
  channel: whole,
  /** Share of the channel's whole effect that lies in the region. */
  share: z.number().min(0).max(1),
  /** Mean effect of a pixel inside the region and outside it. */
  inside: z.number(),
  outside: z.number(),
});
export type ChannelRankReport = z.infer<typeof channelRankSchema>;

export const channelsContract = {
  /** The modules of a level: read where they were found before, searched where not. */
  modules: long(searchInput, modulesOverviewSchema),
  /** Influence maps and the regions of every candidate's modules; while they are searched, the maps as far as they are. */
  influence: method.input(searchInput.extend({ scale: z.enum(mapScales).default('each') })).output(
    mapsSchema.extend({
      /** Candidate after candidate, module after module; none before the modules are found. */
      regions: pictureBatchSchema,
      /** Pairs of each half that are measured, and how many there will be: fewer while the search goes on. */
      pairs: whole,
      ofPairs: whole,
    }),
  ),
  /** Activation maps of one seed. */
  activations: method
    .input(atLevel.extend({ source: faceSourceSchema.default(1), scale: z.enum(mapScales).default('each') }))
    .output(mapsSchema),
  /** Channels in the order of how much more they change the given pixels than the rest. */
  rank: method
    .input(searchInput.extend({ pixels: z.array(whole).min(1).max(65_536) }))
    .output(z.object({ ranks: z.array(channelRankSchema), area: z.number() })),
  /** Channels in the order of how well their mean activation goes with an attribute of held-out pictures. */
  rankByAttribute: long(
    atLevel.extend({ attribute: z.string().max(100).optional() }),
    z.object({
      attributes: z.array(z.string()),
      pictures: z.number().int(),
      ranks: z.array(z.object({ channel: whole, correlation: z.number() })),
    }),
  ),
  /** One seed's picture with channels multiplied by each factor, and how much that changes it. */
  sweep: method
    .input(
      atLevel.extend({
        source: faceSourceSchema.default(1),
        channels: z.array(whole).max(1024),
        factors: z.array(z.number().min(-10).max(10)).min(1).max(16),
      }),
    )
    .output(
      z.object({
        pictures: pictureBatchSchema,
        /** Mean |change| of a value against the untouched picture, as a share of the range [−1, 1]. */
        changes: z.array(z.number()),
        /** The same with every other channel in its place, one at a time: their mean. Null for none or all channels. */
        others: z.array(z.number()).nullable(),
      }),
    ),
  /** One seed's picture with channels taken from each of other seeds, those seeds' own pictures, and the changes. */
  hybridise: method
    .input(
      atLevel.extend({
        source: faceSourceSchema.default(1),
        channels: z.array(whole).min(1).max(1024),
        donors: z.array(whole).min(1).max(16),
      }),
    )
    .output(
      z.object({
        pictures: pictureBatchSchema,
        donors: pictureBatchSchema,
        /** Mean |change| of a value against the untouched picture, as a share of the range [−1, 1]. */
        changes: z.array(z.number()),
      }),
    ),
  /** Of every channel the faces that activate it most: read where they were found before, looked for where not. */
  top: long(atLevel.extend({ of: z.enum(topSources).default('seeds') }), topSchema),
  /** Faces side by side: seeds as the model draws them, pictures of the data as they are. */
  faces: method
    .input(modelRefSchema.extend({ sources: z.array(faceSourceSchema).min(1).max(64) }))
    .output(pictureBatchSchema),
  /** What the command line does: the faces that activate one channel most, as a picture and as numbers. */
  writeTop: long(
    atLevel.extend({
      of: z.enum(topSources).default('seeds'),
      channel: whole.max(4095),
      count: z.number().int().min(16).max(20_000).default(defaultTopCount),
      out: nonEmpty,
    }),
    topWrittenSchema,
  ),
  /** Saves a recipe that takes channels from a seed; returns its file. */
  saveHybrid: method
    .input(atLevel.extend({ channels: z.array(whole).min(1).max(4096), donor: whole }))
    .output(z.object({ file: z.string(), name: z.string() })),
  /** The names that people gave, again at every change, whoever made it. */
  followNames: method.input(atLevel).output(eventIterator(z.array(givenNameSchema))),
  /** Names the module of these channels; null takes the name away. */
  rename: method
    .input(atLevel.extend({ channels: z.array(whole).min(1).max(4096), name: z.string().max(40).nullable() }))
    .output(z.array(givenNameSchema)),
  /** Saves a recipe that scales channels into the run's recipes; returns its file. */
  saveScale: method
    .input(atLevel.extend({ channels: z.array(whole).min(1).max(4096), factor: z.number().min(-10).max(10) }))
    .output(z.object({ file: z.string(), name: z.string() })),
};
