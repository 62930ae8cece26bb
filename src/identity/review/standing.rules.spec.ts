import { standings, type Told } from './standing.rules.js';

const told = (traits: Told['traits'], held: Told['held'] = []): Told => ({
  traits,
  held,
  country: 'DE',
  lastSeenAt: new Date('2026-03-10T11:00:00Z'),
});
const standing = (a: Told, b: Told): Record<string, string> =>
  Object.fromEntries(standings(a, b).map((one) => [one.field, one.standing]));

describe('how two records stand', () => {
  it('goes by what is meant, not by how it is written', () => {
    const a = told({ familyName: 'MÜLLER', birthDate: '1985-12-10', street: 'Mühlenstraße 12', postalCode: '10 115' });
    const b = told({ familyName: 'Müller', birthDate: '10.12.1985', street: 'Mühlenstr. 12', postalCode: '10115' });
    expect(standing(a, b)).toEqual({ familyName: 'SAME', birthDate: 'SAME', street: 'SAME', postalCode: 'SAME' });
  });

  it('tells values apart that would look the same once masked', () => {
    const a = told({ birthDate: '1985-12-10' }, [{ kind: 'email', key: 'kate@gmail.com' }]);
    const b = told({ birthDate: '1985-03-02' }, [{ kind: 'email', key: 'kim@gmail.com' }]);
    expect(standing(a, b)).toEqual({ birthDate: 'DIFFERENT', email: 'DIFFERENT' });
  });

  it('is the same where one of several values is shared, and one-sided where only one says anything', () => {
    const a = told({ locality: 'Ulm' }, [
      { kind: 'email', key: 'kate@home.example' },
      { kind: 'email', key: 'kate@work.example' },
    ]);
    const b = told({}, [{ kind: 'email', key: 'kate@work.example' }]);
    expect(standing(a, b)).toEqual({ locality: 'ONE_SIDED', email: 'SAME' });
  });
});
