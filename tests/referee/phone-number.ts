/** `+14155550100` as App Connect's phone library parses it. */
export const parsedPhoneNumber = {
  number: {
    input: '+14155550100',
    international: '+1 415-555-0100',
    national: '(415) 555-0100',
    e164: '+14155550100',
    rfc3966: 'tel:+1-415-555-0100',
    significant: '4155550100',
  },
  regionCode: 'US',
  valid: true,
  possible: true,
  canBeInternationallyDialled: true,
  possibility: 'is-possible',
  type: 'fixed-line-or-mobile',
  typeIsMobile: true,
  typeIsFixedLine: true,
  countryCode: 1,
};
