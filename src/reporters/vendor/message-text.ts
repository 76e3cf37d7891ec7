import { commandToAskAgain } from '../../report/reproduce.ts';
import type { CheckResult } from '../../report/types.ts';
import type { Exchange } from '../html/curl.ts';
import { message, outcome } from '../html/exchange.tsx';
import type { Page } from '../html/page.ts';
import { tellingExchanges } from '../html/telling.ts';
import { dateTime, milliseconds, visible } from '../html/text.ts';
import { impactOf } from './impact.ts';
import { requestIdOf } from './request-id.ts';

/** In a mail nobody reads more of one body. */
const bodyLimit = 1500;

/** A finding as plain text, ready for a mail or a ticket. */
export function messageText(check: CheckResult, page: Page): string {
  const { profile, run } = page.report;
  const paragraphs = [
    `Subject: ${profile.name}: ${check.summary} (${check.id})`,
    `We are connecting ${profile.name} with RingCentral App Connect. On ${dateTime(run.startedAt)} we asked ${profile.host} what App Connect will ask, and found this.`,
    `Impact on users: ${impactOf(check, page.report)} ${check.why}`,
    [
      `Required: the CRM ${check.title}.`,
      ...(check.expected ? [`Expected: ${check.expected}`] : []),
      `Observed: ${check.observed ?? check.summary}`,
    ].join('\n'),
    `Please change: ${check.remedy.vendor}`,
    ...tellingExchanges(check, page.exchanges).map(exchangeText),
    `To ask again: ${commandToAskAgain(page.report, check.id)}`,
    ...(check.links.length > 0
      ? [['References:', ...check.links.map(({ title, url }) => `- ${title}: ${url}`)].join('\n')]
      : []),
  ];
  return paragraphs.join('\n\n');
}

function exchangeText(exchange: Exchange): string {
  const { id, intent, startedAt, request, response, error, timing } = exchange;
  const requestId = requestIdOf(exchange);
  const answer = response
    ? message(String(response.status), response.headers, visible(response.body, bodyLimit))
    : `No answer: ${error?.message ?? 'unknown why'}`;
  const body = request.body === undefined ? undefined : visible(request.body, bodyLimit);
  return [
    `--- Request ${id}: ${intent}`,
    `Sent at ${startedAt}, ${outcome(exchange)} after ${milliseconds(timing.totalMs)}${requestId ? `, ${requestId.name} ${requestId.value}` : ''}`,
    '',
    message(`${request.method} ${request.url}`, request.headers, body),
    '',
    '--- Answer',
    answer,
  ].join('\n');
}
