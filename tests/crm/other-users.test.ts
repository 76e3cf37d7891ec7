import { expect, test } from 'vitest';
import { withholdOtherUsers } from '../../src/crm/other-users.ts';

test('whoever a user has to do with is not named, by whichever key', () => {
  const me = { id: 77, name: 'Una Operator', createdAt: '2026-01-01', role: 'lead generation' };
  const others = {
    manager: { id: 5, name: 'Ophelia Nightshade' },
    reportsTo: 'Barnabas Underhill',
    team: { id: 3, name: 'Sales', lead: 'Zelda Quixworth' },
    delegates: ['Zelda Quixworth'],
    createdBy: 'Una Operator',
  };
  expect(withholdOtherUsers({ ...me, ...others }, { id: '77', name: 'Una Operator' })).toEqual({
    ...me,
    manager: { id: 5, name: '‹withheld›' },
    reportsTo: '‹withheld›',
    team: { id: 3, name: 'Sales', lead: '‹withheld›' },
    delegates: ['‹withheld›'],
    createdBy: 'Una Operator',
  });
});
