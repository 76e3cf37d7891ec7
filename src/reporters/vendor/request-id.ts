import type { Exchange } from '../html/curl.ts';

/** Headers in which APIs name the request, so that their makers find it in their logs. */
const names =
  /^(x-)?([a-z]+-)*(request|correlation|trace|transaction)-?id$|^(traceparent|cf-ray|req_id|x-amz-cf-id|x-b3-traceid)$/i;

/** The CRM's own name of the request: the header of the answer and its value; null where there is none. */
export function requestIdOf({ response }: Exchange): { name: string; value: string } | null {
  const found = Object.entries(response?.headers ?? {}).find(
    ([name, value]) => names.test(name) && value !== '',
  );
  return found === undefined ? null : { name: found[0], value: found[1] };
}
