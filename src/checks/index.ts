import activityCreate from './activity/create.ts';
import activityDirection from './activity/direction.ts';
import activityEnrich from './activity/enrich.ts';
import activityLag from './activity/lag.ts';
import activityLinked from './activity/linked.ts';
import activityLong from './activity/long.ts';
import activityMarkup from './activity/markup.ts';
import activityMessage from './activity/message.ts';
import activityMessageUpdate from './activity/message-update.ts';
import activityRead from './activity/read.ts';
import activitySeparate from './activity/separate.ts';
import activityTime from './activity/time.ts';
import activityUnicode from './activity/unicode.ts';
import activityUnknownId from './activity/unknown-id.ts';
import activityUpdate from './activity/update.ts';
import activityUpdateKeeps from './activity/update-keeps.ts';
import beyondDispositions from './beyond/dispositions.ts';
import beyondNameSearch from './beyond/name-search.ts';
import beyondRateLimits from './beyond/rate-limits.ts';
import beyondScopes from './beyond/scopes.ts';
import beyondUserList from './beyond/user-list.ts';
import contactBadPhone from './contact-create/bad-phone.ts';
import contactCreate from './contact-create/create.ts';
import contactDuplicate from './contact-create/duplicate.ts';
import contactFound from './contact-create/found.ts';
import contactNameKept from './contact-create/name-kept.ts';
import contactPhoneKept from './contact-create/phone-kept.ts';
import contactType from './contact-create/type.ts';
import userGetBody from './current-user/get-body.ts';
import userId from './current-user/id.ts';
import userName from './current-user/name.ts';
import userTimezone from './current-user/timezone.ts';
import userValidates from './current-user/validates.ts';
import type { CheckDefinition } from './define-check.ts';
import logoutAccessDead from './logout/access-dead.ts';
import logoutEndpoint from './logout/endpoint.ts';
import logoutOnlyThisOne from './logout/only-this-one.ts';
import logoutRefreshDead from './logout/refresh-dead.ts';
import logoutRepeatable from './logout/repeatable.ts';
import authAccepted from './oauth/accepted.ts';
import authAlternative from './oauth/alternative.ts';
import oauthAuthorize from './oauth/authorize.ts';
import oauthBadClientRefused from './oauth/bad-client-refused.ts';
import oauthBearer from './oauth/bearer.ts';
import oauthCodeExchange from './oauth/code-exchange.ts';
import oauthCodeSingleUse from './oauth/code-single-use.ts';
import oauthMetadata from './oauth/metadata.ts';
import authMissingRefused from './oauth/missing-refused.ts';
import oauthPkce from './oauth/pkce.ts';
import oauthRedirectUriChecked from './oauth/redirect-uri-checked.ts';
import oauthRefresh from './oauth/refresh.ts';
import authRefusalShape from './oauth/refusal-shape.ts';
import oauthState from './oauth/state.ts';
import authTls from './oauth/tls.ts';
import oauthTokenResponse from './oauth/token-response.ts';
import lookupAnyFormat from './phone-lookup/any-format.ts';
import lookupClass from './phone-lookup/class.ts';
import lookupCountries from './phone-lookup/countries.ts';
import lookupE164 from './phone-lookup/e164.ts';
import lookupFields from './phone-lookup/fields.ts';
import lookupFieldsExtra from './phone-lookup/fields-extra.ts';
import lookupNone from './phone-lookup/none.ts';
import lookupNotEverybody from './phone-lookup/not-everybody.ts';
import lookupOtherField from './phone-lookup/other-field.ts';
import lookupPlus from './phone-lookup/plus.ts';
import lookupRecoverable from './phone-lookup/recoverable.ts';
import lookupSettle from './phone-lookup/settle.ts';
import lookupShared from './phone-lookup/shared.ts';
import lookupSpeed from './phone-lookup/speed.ts';

/** A change of weights or of the set of requirements is a change of this number. */
export const CATALOGUE_VERSION = 2;

/** Every requirement that is judged, in the order of the report. Adding one is adding a file and a line here. */
export const catalogue: readonly CheckDefinition[] = [
  oauthAuthorize,
  oauthState,
  oauthCodeExchange,
  oauthTokenResponse,
  oauthBearer,
  oauthRefresh,
  oauthBadClientRefused,
  oauthCodeSingleUse,
  oauthRedirectUriChecked,
  oauthPkce,
  oauthMetadata,
  authAlternative,
  authAccepted,
  authMissingRefused,
  authRefusalShape,
  authTls,
  logoutEndpoint,
  logoutAccessDead,
  logoutRefreshDead,
  logoutRepeatable,
  logoutOnlyThisOne,
  activityCreate,
  activityRead,
  activityLinked,
  activitySeparate,
  activityUpdate,
  activityUpdateKeeps,
  activityEnrich,
  activityMessage,
  activityMessageUpdate,
  activityDirection,
  activityTime,
  activityUnicode,
  activityMarkup,
  activityLong,
  activityUnknownId,
  activityLag,
  lookupE164,
  lookupAnyFormat,
  lookupRecoverable,
  lookupClass,
  lookupPlus,
  lookupNone,
  lookupNotEverybody,
  lookupFields,
  lookupFieldsExtra,
  lookupShared,
  lookupOtherField,
  lookupCountries,
  lookupSettle,
  lookupSpeed,
  contactCreate,
  contactFound,
  contactNameKept,
  contactBadPhone,
  contactPhoneKept,
  contactDuplicate,
  contactType,
  userName,
  userId,
  userValidates,
  userGetBody,
  userTimezone,
  beyondNameSearch,
  beyondUserList,
  beyondDispositions,
  beyondRateLimits,
  beyondScopes,
];
