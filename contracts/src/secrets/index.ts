export { placeOf, type SealedColumn, type SealedPlace, sealedPlaces } from './sealed-places.ts'
