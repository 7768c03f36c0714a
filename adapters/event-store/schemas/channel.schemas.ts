import { z } from 'zod';
import type { ChannelDirectoryEvent } from '#domain/channel/channel.events.js';
import { agentIdSchema } from '../../wire/basic.schemas.js';
import { schemaFor } from '../../wire/schema-for.js';
import { textual } from './parts.js';
import type { DataOf, VersionsOf } from './versions.js';

const channel = z.strictObject({ agentId: agentIdSchema, code: textual });

export const channelSchemas = {
  ChannelAssigned: [schemaFor<DataOf<'ChannelAssigned'>>()(channel)],
  ChannelReleased: [schemaFor<DataOf<'ChannelReleased'>>()(channel)],
} satisfies VersionsOf<ChannelDirectoryEvent['type']>;
