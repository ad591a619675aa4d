/** Why each audit is there, and what to do instead: said with everything that it finds. */

import { show } from './tree.ts';
import type { Finding } from './tree.ts';

/** Why a rule holds, and what to do instead of what broke it. */
export interface Rule {
  readonly because: string;
  readonly instead: string;
}

const rule = (because: string, instead: string): Rule => ({ because, instead });

/** By audit; those that are not here say it in each finding. */
export const RULES: Readonly<Record<string, Rule>> = {
  auditArrows: rule(
    'a layer that imports another shares its mistakes, and then cannot find them',
    'write it once more, or move it to a layer that both may import (ARCHITECTURE.md)',
  ),
  auditTypeImports: rule('a type among values keeps the import at run time', 'import it by `import type`'),
  auditRoomArrows: rule(
    'a room that imports one above it cannot be read, or used, without it',
    'move what both need to a lower room (ARCHITECTURE.md)',
  ),
  auditCircles: rule('files of a circle can only be understood all at once', 'split as the finding says'),
  auditKnownCircles: rule('a list of exceptions must not outlive its cause', 'delete the entry'),
  auditSizes: rule(
    'a folder is understood if its listing fits on a screen',
    'group the entries by what they are about',
  ),
  auditOpenings: rule(
    'a reader decides by the first line whether to go on',
    'begin with a sentence of what is in the file',
  ),
  auditWords: rule('a reader from outside does not know the word', 'say what it means'),
  auditCitations: rule(
    'a clause that nothing holds is a claim that nothing shows',
    'cite it, hold it, test it, or give the reason in test/audit/clauses/exempt.ts',
  ),
  auditUnknown: rule('an id that is no clause leads a reader nowhere', 'cite a clause of protocol/clause.ts'),
  auditPurity: rule(
    'the specification is read as mathematics, and asked the same twice says the same',
    'return a new value',
  ),
  auditErased: rule('protocol is what layers share, and they share nothing that runs', 'move what runs to each layer'),
  auditBrands: rule('a number that is given the wrong unit is wrong everywhere after', 'call the function of unit.ts'),
  auditTypedArrays: rule(
    'a typed array answers a wrong index with undefined, and drops what is put there',
    'ask src/words, which checks every index',
  ),
  auditStyle: rule(
    'what is long is not read, and what asserts is not checked',
    'split it by what its parts are about, or narrow the type by a test',
  ),
  auditMedian: rule('a reader holds a page in mind', 'split the longest files by what their parts are about'),
  auditNames: rule('a name that fits everything says nothing', 'name it after what is in it'),
  auditReadmes: rule('a README is read whole, or not at all', 'leave what the code says to the code'),
  auditDocs: rule(
    'who uses the package sees the description alone',
    'describe it in a sentence that begins with a verb',
  ),
  auditHarnesses: rule('a user reads the harness before trusting it', 'leave out what the protocol does not ask for'),
  auditRooms: rule('one word names one thing in every layer', 'name the folder after a room of ARCHITECTURE.md'),
  auditDepartures: rule(
    'a departure that nothing tests may be a mistake',
    'name a test after it that states both behaviours',
  ),
  auditCorrespondence: rule('a row that names what is gone proves nothing', 'name what is there, or delete the row'),
};

/** Returns what shows a finding of an audit as a whole message. Throws if the audit has no rule. */
export function tell(audit: string): (finding: Finding) => string {
  const { because, instead } = RULES[audit] ?? {};
  if (because === undefined || instead === undefined) throw new Error(`${audit} has no rule`);
  return (finding) => `${show(finding)} - ${because}; instead ${instead}`;
}
