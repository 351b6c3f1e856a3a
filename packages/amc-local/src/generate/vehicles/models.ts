/** A car or motorcycle as people keep it in their garage and as registrations name it. Makes and models are invented. */
export interface Model {
  make: string
  model: string
  trim: string
  body: string
  type: string
  /** Market class of registrations. */
  class: string
  fuel: string
  engine: string
  horsepower: number
  transmission: string
  drive: string
  brakes: string
  springs: string
  /** How common it is. */
  weight: number
}

const car = {
  type: 'Car',
  fuel: 'Gasoline',
  transmission: 'Automatic',
  drive: 'FWD',
  brakes: 'Disc',
  springs: 'Coil',
}
const suv = { ...car, body: 'SUV', class: 'Mid Size SUV', drive: 'AWD' }

export const models: readonly Model[] = [
  { ...suv, make: 'Vantry', model: 'Horizon', trim: 'LX', engine: '2.5L L4', horsepower: 187, weight: 6 },
  {
    ...suv,
    make: 'Vantry',
    model: 'Horizon EV',
    trim: 'Touring',
    fuel: 'Electric',
    engine: 'Electric motor',
    horsepower: 240,
    weight: 3,
  },
  {
    ...car,
    make: 'Vantry',
    model: 'Cadence',
    trim: 'Sport',
    body: 'Sedan',
    class: 'Compact Car',
    engine: '1.8L L4',
    horsepower: 150,
    weight: 5,
  },
  {
    ...car,
    make: 'Orrin',
    model: 'Atlas 5',
    trim: 'Base',
    body: 'Sedan',
    class: 'Mid Size Car',
    engine: '2.0L L4',
    horsepower: 165,
    weight: 9,
  },
  { ...suv, make: 'Orrin', model: 'Trail', trim: 'Limited', engine: '3.5L V6', horsepower: 280, weight: 8 },
  {
    ...car,
    make: 'Belmar',
    model: 'Regent',
    trim: 'Executive',
    body: 'Sedan',
    class: 'Luxury',
    drive: 'RWD',
    engine: '3.0L V6',
    horsepower: 335,
    springs: 'Air',
    weight: 3,
  },
  {
    ...suv,
    make: 'Belmar',
    model: 'Crest',
    trim: 'Premium',
    class: 'Luxury',
    fuel: 'Hybrid',
    engine: '2.5L L4 hybrid',
    horsepower: 302,
    weight: 3,
  },
  {
    ...car,
    make: 'Durand',
    model: 'Hauler 1500',
    trim: 'Crew',
    body: 'Pickup',
    class: 'Full Size Pickup',
    drive: '4WD',
    engine: '5.3L V8',
    horsepower: 355,
    springs: 'Leaf',
    weight: 8,
  },
  {
    ...car,
    make: 'Durand',
    model: 'Courier',
    trim: 'Cargo',
    body: 'Van',
    class: 'Van',
    fuel: 'Diesel',
    engine: '2.0L L4 diesel',
    horsepower: 170,
    transmission: 'Manual',
    weight: 3,
  },
  {
    ...car,
    type: 'Motorcycle',
    make: 'Kova',
    model: 'R650',
    trim: 'ABS',
    body: 'Naked',
    class: 'Motorcycle',
    drive: 'Chain',
    engine: '0.65L L2',
    horsepower: 68,
    transmission: 'Manual',
    weight: 1,
  },
]
