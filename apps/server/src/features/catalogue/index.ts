export { catalogueRoutes } from './catalogue.routes.ts'
export { currentCatalogue, type NamedCatalogue } from './current-catalogue.ts'
export { type ImportedCatalogue, importCatalogue, keepShippedCatalogue } from './import-catalogue.ts'
export { checkRepositoryJob } from './check-repository.job.ts'
