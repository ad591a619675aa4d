// @ts-check
import { builtinRules } from 'eslint/use-at-your-own-risk';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** What ESLint itself recommends; its own list of that is a package that nothing else here needs. */
const recommended = Object.fromEntries(
  [...builtinRules].filter(([, rule]) => rule.meta?.docs?.recommended === true).map(([name]) => [name, 'error']),
);

/** What plain JavaScript finds when Node runs it. */
const NODE = Object.fromEntries(
  [
    'console',
    'process',
    'Buffer',
    'URL',
    'performance',
    'setTimeout',
    'setInterval',
    'setImmediate',
    'clearTimeout',
    'clearInterval',
  ].map((name) => [name, 'readonly']),
);

const forbidden = (selector, message) => ({ selector, message });

export default defineConfig(
  { ignores: ['dist', 'reports', '.stryker-tmp'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  { files: ['**/*.js'], languageOptions: { globals: NODE }, rules: recommended },
  {
    files: ['**/*.ts'],
    extends: [{ rules: recommended }, tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: { projectService: { allowDefaultProject: ['*.config.ts'] }, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      eqeqeq: 'error',
      'no-restricted-syntax': [
        'error',
        forbidden('TSEnumDeclaration', 'A union of string literals says the same and leaves nothing at run time.'),
        forbidden('ForInStatement', 'Use for...of: for...in also finds what was inherited.'),
        forbidden('ExportDefaultDeclaration', 'Export by name: one word, one meaning.'),
      ],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/consistent-type-exports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { allowDefaultCaseForExhaustiveSwitch: false, considerDefaultExhaustiveForUnions: true },
      ],
      // With isolated declarations the compiler asks for the types at a module's border.
      '@typescript-eslint/explicit-module-boundary-types': 'off',
      // Numbers are what most messages here are made of.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // Functions here may give `undefined` and mean it; to this rule that is a void value that is used.
      '@typescript-eslint/no-confusing-void-expression': 'off',
      // Isolated declarations want the type of an exported class's field beside its name.
      '@typescript-eslint/consistent-generic-constructors': 'off',
      // Indexed loops are the hot code's on purpose: an iterator costs.
      '@typescript-eslint/prefer-for-of': 'off',
    },
  },
  {
    files: ['test/audit/**/*.ts', 'test/mutate/**/*.ts', 'proof/front/**/*.ts'],
    // ts-morph's nodes are mixtures of classes, told apart by its own guards: to this rule each of them is a stranger.
    rules: { '@typescript-eslint/no-unsafe-class-instance-assignment': 'off' },
  },
  {
    files: ['*.config.ts'],
    rules: { 'no-restricted-syntax': 'off' }, // what a configuration exports by default is read by its tool
  },
);
