import { authorizationServers } from './authorization-servers.ts';
import { directus } from './directus.ts';
import { dolibarr } from './dolibarr.ts';
import { espocrm } from './espocrm.ts';
import { odoo } from './odoo.ts';
import { parseServer } from './parse-server.ts';
import { payload } from './payload.ts';
import { requestTracker } from './request-tracker.ts';
import { strapi } from './strapi.ts';
import { suitecrm } from './suitecrm.ts';
import type { System } from './system.ts';
import { twenty } from './twenty.ts';
import { vtiger } from './vtiger.ts';

/** Whole imitations, each as a real system behaves that somebody has asked. */
export const systems: readonly System[] = [
  ...espocrm,
  ...suitecrm,
  ...dolibarr,
  ...odoo,
  ...vtiger,
  ...twenty,
  ...directus,
  ...strapi,
  ...requestTracker,
  ...parseServer,
  ...payload,
  ...authorizationServers,
];
