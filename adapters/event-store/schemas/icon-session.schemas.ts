import { z } from 'zod';
import type { IconSessionEvent } from '#domain/icon-session/icon-session.events.js';
import type { MediaSettingChangedV1 } from '#domain/upcasters/media-setting-changed.upcasters.js';
import { contactIdSchema, e164Schema, linkIdSchema, locationSchema } from '../../wire/basic.schemas.js';
import { schemaFor } from '../../wire/schema-for.js';
import { identificationSources } from '../../wire/shared-view.schemas.js';
import { namedTexts, page, textual } from './parts.js';
import type { DataOf, VersionsOf } from './versions.js';

const blockedReasons = z.enum(['page-gone', 'refused-by-customer', 'foreign-address', 'no-answer']);

export const iconSessionSchemas = {
  IconClicked: [
    schemaFor<DataOf<'IconClicked'>>()(
      z.strictObject({
        contactId: contactIdSchema,
        linkId: linkIdSchema.exactOptional(),
        tokenId: textual.exactOptional(),
        iconNumber: e164Schema.exactOptional(),
        merchantSessionId: textual.exactOptional(),
        origin: textual,
        page,
        pseudoAni: textual,
        location: locationSchema.exactOptional(),
      }),
    ),
  ],
  PageViewed: [schemaFor<DataOf<'PageViewed'>>()(z.strictObject({ page }))],
  FormCaptured: [schemaFor<DataOf<'FormCaptured'>>()(z.strictObject({ form: textual, fields: namedTexts }))],
  CookiesCaptured: [schemaFor<DataOf<'CookiesCaptured'>>()(z.strictObject({ cookies: namedTexts }))],
  CustomerIdentified: [
    schemaFor<DataOf<'CustomerIdentified'>>()(z.strictObject({ customerRef: textual, by: identificationSources })),
  ],
  PagePushed: [
    schemaFor<DataOf<'PagePushed'>>()(
      z.strictObject({ pushId: textual, url: textual, label: textual, by: textual, code: textual.exactOptional() }),
    ),
  ],
  PageShown: [schemaFor<DataOf<'PageShown'>>()(z.strictObject({ pushId: textual, url: textual }))],
  PageBlocked: [schemaFor<DataOf<'PageBlocked'>>()(z.strictObject({ pushId: textual, why: blockedReasons }))],
  MediaSettingChanged: [
    schemaFor<MediaSettingChangedV1>()(
      z.strictObject({ setting: z.enum(['volume', 'echo-cancellation']), value: z.number(), by: textual }),
    ),
    schemaFor<DataOf<'MediaSettingChanged'>>()(
      z.discriminatedUnion('setting', [
        z.strictObject({ setting: z.literal('volume'), percent: z.number(), by: textual }),
        z.strictObject({ setting: z.literal('echo-cancellation'), on: z.boolean(), by: textual }),
      ]),
    ),
  ],
  SessionClosed: [
    schemaFor<DataOf<'SessionClosed'>>()(
      z.strictObject({ cause: z.enum(['call-over', 'window-closed', 'network-lost']) }),
    ),
  ],
} satisfies VersionsOf<IconSessionEvent['type']>;
