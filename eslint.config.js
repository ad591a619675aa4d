import tseslint from 'typescript-eslint';
export default tseslint.config({ ignores: ['dist', 'reports', '.stryker-tmp'] });
