#!/usr/bin/env bash
# Shows with curl alone, against the running Parse Server, the facts behind each verdict: requirement, question, answer,
# and what that is by the checklist. Ids, sessions and times of storage are replaced by names, so that every run prints
# the same. `confirm.sh > confirm.txt` renews the committed output; `confirm.sh --check` compares with it.
set -euo pipefail
# shellcheck source=tests/real/services.sh
. "$(dirname "${BASH_SOURCE[0]}")/services.sh"

if [ "${1:-}" = --check ]; then
  diff -u "$here/confirm.txt" <("${BASH_SOURCE[0]}") >&2 || { echo "confirm.txt is not what Parse Server answers now" >&2; exit 1; }
  exit 0
fi

mark='confirm of crm-ready'
names=() verdicts=() status='' body='' session=''

# --- asking ---

# ask <method> <path> [curl arguments …]: as the logged-in user. Sets $status and $body.
ask() {
  local method=$1 path=$2
  shift 2
  local signed=()
  if [ -n "$session" ]; then signed=(-H "X-Parse-Session-Token: $session"); fi
  body=$(curl -sS -X "$method" "$parse_url$path" -H "X-Parse-Application-Id: $PARSE_APP_ID" \
    -H 'Content-Type: application/json' "${signed[@]}" -w '\n%{http_code}' "$@")
  status=${body##*$'\n'}
  body=${body%$'\n'*}
}

# with_session <token, or nothing> <command …>
with_session() {
  local session=$1
  shift
  "$@"
}

log_in() {
  with_session '' ask POST /login -d "$(jq -n '{username: env.PARSE_USERNAME, password: env.PARSE_PASSWORD}')"
}

# create <class> <name for the output> <JSON>: sets $id.
create() {
  ask POST "/classes/$1" -d "$3"
  id=$(jq -r '.objectId // empty' <<<"$body")
  if [ -n "$id" ]; then names+=("$id=$2"); fi
}

contact_json() { jq -n --arg name "$1" --arg phone "$2" --arg type "$mark" '{$name, $phone, $type}'; }

# call_json <subject> <body> [jq expression that adds to it]
call_json() {
  jq -n --arg contact "$ada" --arg subject "$mark: $1" --arg body "$2" \
    "{contact: {__type: \"Pointer\", className: \"Contact\", objectId: \$contact}, \$subject, \$body} + ${3:-{\}}"
}

# find_by <phone>: exact, as the profile's findContact does, with the + as %2B.
find_by() { ask GET /classes/Contact -G --data-urlencode "where=$(jq -cn --arg phone "$1" '{$phone}')"; }

# find_raw <phone>: the same with a + that stays as it is.
find_raw() {
  ask GET "/classes/Contact?where=$(jq -rn --arg phone "$1" '{$phone} | tojson | @uri | gsub("%2B"; "+")')"
}

# sweep: deletes what this script has made, now or in a run that was killed. Sets $left.
sweep() {
  local class key found
  left=0
  for class in Call:subject Message:subject Contact:type; do
    key=${class#*:} class=${class%:*}
    ask GET "/classes/$class" -G --data-urlencode "limit=1000" \
      --data-urlencode "where=$(jq -cn --arg key "$key" --arg mark "$mark" '{($key): {"$regex": ("^" + $mark)}}')"
    for found in $(jq -r '.results[].objectId' <<<"$body"); do
      ask DELETE "/classes/$class/$found"
      if [ "$status" != 200 ]; then left=$((left + 1)); fi
    done
  done
}

# --- telling ---

# The answer as it is shown: keys sorted, what changes from run to run named.
came() {
  local text pair
  text="$status $(jq -cS . <<<"$body")"
  for pair in "${names[@]}"; do text=${text//"${pair%%=*}"/"<${pair#*=}>"}; done
  sed -E 's/r:[0-9a-f]{32}/<session>/g; s/"(createdAt|updatedAt)":"[^"]*"/"\1":"<time>"/g' <<<"$text"
}

# row <id> <asked> <came> <verdict>
row() {
  printf '%s\n    asked  %s\n    came   %s\n    so:    %s\n' "$1" "$2" "$3" "$4"
  verdicts+=("$1 $4")
}

# pass_if <verdict otherwise> <command …>
pass_if() {
  local otherwise=$1
  shift
  if "$@"; then echo pass; else echo "$otherwise"; fi
}

# has <jq expression>: about the last answer's body.
has() { jq -e "$1" <<<"$body" >/dev/null; }
answered() { [ "$status" = "$1" ]; }
refused() { [ "$status" -ge 400 ] && [ "$status" -lt 500 ]; }
found_only() { answered 200 && has "[.results[].objectId] == [\"$1\"]"; }
found_nobody() { answered 200 && has '.results == []'; }

# worst <pass|warn|fail …>: an id has several rows where it has several questions.
worst() {
  case " $* " in
    *' fail '*) echo fail ;;
    *' warn '*) echo warn ;;
    *) echo "$1" ;;
  esac
}

# --- current user, credential ---

echo "Parse Server, asked with curl"
echo
log_in
session=$(jq -r .sessionToken <<<"$body")
sweep
log_in
other_session=$(jq -r .sessionToken <<<"$body")
names+=("$(jq -r .objectId <<<"$body")=user")
row auth.alternative 'POST /login with name and password: no OAuth' "$(came)" "$(answered 200 && echo warn || echo fail)"

ask GET /users/me
user_id=$(jq -r .objectId <<<"$body")
row auth.accepted 'GET /users/me' "$(came)" "$(pass_if fail answered 200)"
row user.name 'the same answer' "name $(jq .name <<<"$body")" "$(pass_if fail has '.name | length > 0')"
ask GET /users/me
row user.id 'GET /users/me once more' "$(came)" "$(pass_if fail has ".objectId == \"$user_id\"")"
row user.timezone 'the same answer' "$(jq -c 'keys - ["ACL"] | map(select(test("zone|offset"; "i")))' <<<"$body"): no field for it" info
ask GET /users/me -d '{}'
row user.get-body 'GET /users/me with the body {}' "$(came)" "$(pass_if fail answered 200)"
with_session r:00000000000000000000000000000000 ask GET /users/me
row user.validates 'GET /users/me with a wrong session token' "$(came)" "$(pass_if fail refused)"
row auth.refusal-shape 'the same answer: 401 or 403 is the shape' "$status" "$([[ $status == 40[13] ]] && echo pass || echo warn)"
with_session '' ask GET /users/me
row auth.missing-refused 'GET /users/me without a session token' "$(came)" "$(pass_if fail refused)"
with_session '' ask GET /classes/Contact
row auth.missing-refused 'GET /classes/Contact without a session token' "$(came)" "$(pass_if fail refused)"

# --- contacts ---

find_by +19075550101
row lookup.none 'nobody has +19075550101' "$(came)" "$(pass_if fail found_nobody)"
create Contact ada "$(contact_json 'Ada Confirm' +19075550101)"
ada=$id
row contact.create 'POST /classes/Contact, phone +19075550101' "$(came)" "$(pass_if fail test -n "$ada")"
find_by +19075550101
row contact.found 'GET /classes/Contact?where={"phone":"%2B19075550101"}' "$(came)" "$(pass_if fail found_only "$ada")"
row lookup.e164 'the same answer' "found $(jq '.results | length' <<<"$body")" "$(pass_if fail found_only "$ada")"
row lookup.settle 'the same answer, asked at once' "found $(jq '.results | length' <<<"$body")" "$(pass_if warn found_only "$ada")"
row lookup.plus 'the same answer: %2B is a plus' "found $(jq '.results | length' <<<"$body")" "$(pass_if fail found_only "$ada")"
row lookup.fields 'the same answer' "$(jq -c '.results[0] | {name}' <<<"$body") and an id" \
  "$(pass_if fail has '.results[0] | .objectId and .name == "Ada Confirm"')"
row lookup.fields-extra 'the same answer' "$(jq -c '.results[0] | {phone, type}' <<<"$body") and createdAt in ISO 8601" \
  "$(pass_if warn has '.results[0] | .phone == "+19075550101" and .type and (.createdAt | test("^\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z$"))')"
row contact.type 'the same answer: the type as it was written' "type $(jq -c '.results[0].type' <<<"$body")" info
ask GET /schemas/Contact
row contact.type 'GET /schemas/Contact: no list of types for users' "$(came)" info
find_raw +19075550101
row lookup.plus 'the same with a raw +, which is read as a space (shown, not judged)' "$(came)" info

started=$(date +%s)
find_by +19075550101
row lookup.speed 'the search once more' "$( (($(date +%s) - started <= 10)) && echo 'in less than 10 s' || echo 'in more than 10 s')" info
ask POST /classes/Contact -d "$(contact_json 'Mobile Confirm' +19075550103 | jq '.mobile = "+19075550104"')"
row lookup.other-field 'POST /classes/Contact with a second number: the class has no field for it' "$(came)" not-described

not_everybody() {
  find_by "$2"
  row lookup.not-everybody "$1" "$(came)" "$(pass_if fail found_nobody)"
}
not_everybody 'an unknown number, +19075550199' +19075550199
not_everybody 'an extension, 101' 101
not_everybody 'an empty number' ''
not_everybody 'the same last seven digits, +19065550101' +19065550101
not_everybody 'inside a longer one, +190755501012' +190755501012

create Contact bob "$(contact_json 'Bob Confirm' +19075550101)"
row contact.duplicate 'POST /classes/Contact with the same number' "$(came)" info
find_by +19075550101
row lookup.shared 'the number of two contacts' "found $(jq '.results | length' <<<"$body")" \
  "$(pass_if warn has "[.results[].objectId] | sort == ([\"$ada\", \"$id\"] | sort)")"

for name in Ada 'Ada King Lovelace' 'Љубица Ђорђевић' "Siobhán O'Neill"; do
  create Contact named "$(contact_json "$name" +19075550110)"
  ask GET "/classes/Contact/$id"
  row contact.name-kept "a contact called $name" "name $(jq .name <<<"$body")" \
    "$(pass_if fail test "$(jq -r .name <<<"$body")" = "$name")"
done
create Contact nonsense "$(contact_json 'Nonsense Confirm' 'not a number')"
row contact.bad-phone 'POST /classes/Contact, phone "not a number"' "$(came)" "$(pass_if warn refused)"

create Contact london "$(contact_json 'London Confirm' +442079460101)"
find_by +442079460101
row lookup.countries 'GB, stored and asked as +442079460101' "found $(jq '.results | length' <<<"$body")" \
  "$(pass_if warn found_only "$id")"
create Contact trunk "$(contact_json 'Trunk Confirm' '020 7946 0102')"
find_by +442079460102
row lookup.countries 'GB, stored as 020 7946 0102, asked as +442079460102' "found $(jq '.results | length' <<<"$body")" \
  "$(pass_if warn found_only "$id")"

# --- stored x queried ---

stored=(+19075550121 19075550122 9075550123 '(907) 555-0124' 907-555-0125 907.555.0126 '907 555 0127' '(907) 555-0128 ext. 101')
echo
printf '%-24s %-7s %-7s %-7s %-12s %-9s %-14s %-7s %-5s %s\n' 'stored \ queried' '%2B' 'raw +' digits significant national international dashes dots spaces
missed=0
by_own_text=0
by_another=0
for at in "${!stored[@]}"; do
  line=$((at + 21))
  create Contact "format $line" "$(contact_json 'Format Confirm' "${stored[at]}")"
  cells=()
  for query in "find_by +190755501$line" "find_raw +190755501$line" "find_by 190755501$line" "find_by 90755501$line" \
    "find_by (907)_555-01$line" "find_by +1_907-555-01$line" "find_by 907-555-01$line" "find_by 907.555.01$line" \
    "find_by 907_555_01$line"; do
    number=${query#* }
    number=${number//_/ }
    "${query%% *}" "$number"
    if found_only "$id"; then
      cells+=(hit)
      if [ "$number" = "${stored[at]}" ]; then by_own_text=$((by_own_text + 1)); else by_another=$((by_another + 1)); fi
    elif found_nobody; then cells+=(-); else cells+=('?'); fi
  done
  ask GET "/classes/Contact/$id"
  if [ "$(jq -r .phone <<<"$body")" = "${stored[at]}" ]; then as_written=$((${as_written:-0} + 1)); fi
  if [ "${cells[0]}" != hit ] && [ "$at" -gt 0 ]; then missed=$((missed + 1)); fi
  printf '%-24s %-7s %-7s %-7s %-12s %-9s %-14s %-7s %-5s %s\n' "${stored[at]}" "${cells[@]}"
done
echo
others=$((${#stored[@]} - 1))
row lookup.any-format 'the table, by E.164' "$((others - missed)) of $others other formats found" "$(pass_if warn test "$missed" = 0)"
row lookup.class 'the table: found by the very text that is stored, and by another text' "$by_own_text and $by_another times: exact" info
row lookup.recoverable 'the table: formats that must be asked beside E.164' "$((by_own_text - 1)); none finds the one with an extension" info
row contact.phone-kept 'GET /classes/Contact/<id> of each' "$as_written of ${#stored[@]} numbers as written" info

# --- calls ---

create Call call "$(call_json first 'The body.' '{note: "The note.", direction: "Inbound", duration: 90}')"
call=$id
row activity.create 'POST /classes/Call for <ada>' "$(came)" "$(pass_if fail test -n "$call")"
ask GET "/classes/Call/$call"
before=$body
row activity.read 'GET /classes/Call/<call>' "$(came)" "$(pass_if fail has ".subject == \"$mark: first\" and .body == \"The body.\"")"
row activity.lag 'the same answer, asked at once after the POST' "subject $(jq .subject <<<"$body")" info
row activity.linked 'the same answer' "contact $(jq -r .contact.objectId <<<"$body" | sed "s/^$ada$/<ada>/")" \
  "$(pass_if fail has ".contact.objectId == \"$ada\"")"
create Call 'second call' "$(call_json second 'Another body.')"
ask GET /classes/Call -G --data-urlencode "where={\"contact\":{\"__type\":\"Pointer\",\"className\":\"Contact\",\"objectId\":\"$ada\"}}"
row activity.separate 'a second call, then the calls of <ada>' "$(jq '[.results[].objectId] | unique | length' <<<"$body") ids" \
  "$(pass_if fail has "[.results[].objectId] | sort == ([\"$call\", \"$id\"] | sort)")"
ask PUT "/classes/Call/$call" -d '{"body":"The new body."}'
row activity.update 'PUT /classes/Call/<call>, the body alone' "$(came)" "$(pass_if fail answered 200)"
ask GET "/classes/Call/$call"
row activity.update 'GET /classes/Call/<call>' "body $(jq .body <<<"$body")" "$(pass_if fail has '.body == "The new body."')"
changed=$(jq -cn --argjson before "$before" --argjson after "$body" \
  '[$before + $after | keys[] | select($before[.] != $after[.])]')
row activity.update-keeps 'what else changed' "$changed" "$(pass_if fail test "$changed" = '["body","updatedAt"]')"

create Call enriched "$(call_json enriched '- Note: as first written')"
ask PUT "/classes/Call/$id" -d "$(jq -n '{body: "- Note: as the user edited it in the CRM"}')"
for line in '- Call recording link: https://recordings.example/1' '- AI Note: they agreed'; do
  ask GET "/classes/Call/$id"
  ask PUT "/classes/Call/$id" -d "$(jq --arg line "$line" '{body: (.body + "\n" + $line)}' <<<"$body")"
done
ask GET "/classes/Call/$id"
row activity.enrich 'created, edited in the CRM, then a recording link and an AI note' "body $(jq .body <<<"$body")" \
  "$(pass_if fail has '.body == "- Note: as the user edited it in the CRM\n- Call recording link: https://recordings.example/1\n- AI Note: they agreed"')"

for call_fields in '{direction: "Inbound", duration: 60}' '{direction: "Outbound", duration: 60}' '{direction: "Inbound", duration: 0, result: "Missed"}'; do
  create Call directed "$(call_json directed . "$call_fields")"
  ask GET "/classes/Call/$id"
  row activity.direction "a call with $call_fields" "$(jq -c '{direction, duration, result}' <<<"$body")" \
    "$(pass_if warn has "contains($call_fields)")"
done
create Call timed "$(call_json timed . '{startTime: {__type: "Date", iso: "2026-01-15T10:00:00.000+02:00"}, endTime: {__type: "Date", iso: "2026-01-15T10:01:30.000+02:00"}}')"
ask GET "/classes/Call/$id"
row activity.time 'from 2026-01-15T10:00:00.000+02:00, 90 s' "$(jq -r '"\(.startTime.iso) to \(.endTime.iso)"' <<<"$body")" \
  "$(pass_if warn has '.startTime.iso == "2026-01-15T08:00:00.000Z" and .endTime.iso == "2026-01-15T08:01:30.000Z"')"

# kept <id> <what> <text>: written as the body of a call and read back.
kept() {
  create Call text "$(call_json text "$3")"
  ask GET "/classes/Call/$id"
  row "$1" "$2" "$(jq '.body | length' <<<"$body") characters, $(jq -r '.body | @json' <<<"$body" | cut -c 1-90)" \
    "$(pass_if warn test "$(jq -r .body <<<"$body")" = "$3")"
}
kept activity.unicode 'emoji, combining marks, right-to-left text, line breaks' $'\U1F4DE e\u0301 \u05E9\u05DC\u05D5\u05DD\n\nend'
kept activity.markup "< > & \" '" "<b>a</b> < > & \" '"
kept activity.long '20,000 characters' "$(printf 'crm-ready %.0s' $(seq 2000) | head -c 19999)."
ask GET /classes/Call/AAAAAAAAAA
row activity.unknown-id 'GET /classes/Call/AAAAAAAAAA' "$(came)" "$([[ $status == 404 || $status == 410 ]] && echo pass || echo warn)"

# --- messages ---

create Message message "$(call_json message 'Inbound: Hello')"
row activity.message 'POST /classes/Message for <ada>' "$(came)" "$(pass_if fail test -n "$id")"
message=$id
ask GET "/classes/Message/$message"
ask PUT "/classes/Message/$message" -d "$(jq '{body: (.body + "\nOutbound: Hello back")}' <<<"$body")"
ask GET "/classes/Message/$message"
row activity.message-update 'PUT /classes/Message/<message> with the second message, then GET' "$(came)" \
  "$(pass_if fail has '.body == "Inbound: Hello\nOutbound: Hello back"')"

# --- beyond the six items ---

ask GET /classes/Contact -G --data-urlencode 'where={"name":{"$regex":"^Ada Conf"}}'
row beyond.name-search 'GET /classes/Contact?where={"name":{"$regex":"^Ada Conf"}}' "names $(jq -c '[.results[].name]' <<<"$body")" info
ask GET /users
row beyond.user-list 'GET /users: users, and how many e-mail addresses' \
  "$(jq -r '"\(.results | length), \([.results[] | select(.email)] | length)"' <<<"$body")" info
ask PUT "/classes/Call/$call" -d '{"result":"Left a message"}'
ask GET "/classes/Call/$call"
row beyond.dispositions 'PUT /classes/Call/<call>, the result alone, then GET' "result $(jq .result <<<"$body"), body $(jq .body <<<"$body")" info
row beyond.rate-limits 'HEAD /users/me: headers that speak of a limit' \
  "$(curl -sS -I "$parse_url/users/me" -H "X-Parse-Application-Id: $PARSE_APP_ID" -H "X-Parse-Session-Token: $session" | grep -ciE '^(x-)?(ratelimit|rate-limit|retry-after)' || true)" info

# --- the end: nothing is left, then logout ---

sweep
row clean-up 'DELETE of every contact, call and message made here' "$left left" "$(pass_if fail test "$left" = 0)"

ask POST /logout
row logout.endpoint 'POST /logout' "$(came)" "$(pass_if fail answered 200)"
ask GET /users/me
row logout.access-dead 'GET /users/me with the same token' "$(came)" "$(pass_if fail refused)"
ask POST /logout
row logout.repeatable 'POST /logout with the same token: the dead token signs the call itself' "$(came)" not-applicable
session=$other_session
ask GET /users/me
row logout.only-this-one 'GET /users/me in another session' "$(came)" "$(pass_if warn answered 200)"
ask POST /logout

echo
echo 'Verdict by requirement'
printf '%s\n' "${verdicts[@]}" | cut -d ' ' -f 1 | awk '!seen[$0]++' | while read -r id; do
  # shellcheck disable=SC2046
  printf '  %-24s %s\n' "$id" "$(worst $(printf '%s\n' "${verdicts[@]}" | sed -n "s/^$id //p"))"
done
