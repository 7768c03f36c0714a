import type { OpeningData } from './opening-data.schema.js';

const allDay = [{ from: 0, to: 1440 }];
const roundTheClock = [allDay, allDay, allDay, allDay, allDay, allDay, allDay];
const office = [{ from: 9 * 60, to: 18 * 60 }];

/** A small merchant with two call centres, two gateways near them, and a few people who work there. */
export const demo: OpeningData = {
  gateways: [
    {
      id: 'curacao',
      name: 'Curaçao gateway',
      location: { latitude: 12.12, longitude: -68.93 },
      pilotNumber: '+59997380000',
      trunkGroup: 'cw-1',
      firstAni: '+59997380101',
      ports: 24,
      quarantine: 15_000,
    },
    {
      id: 'madeira',
      name: 'Madeira gateway',
      location: { latitude: 32.65, longitude: -16.91 },
      pilotNumber: '+351291200000',
      trunkGroup: 'pt-1',
      firstAni: '+351291200101',
      ports: 24,
      quarantine: 15_000,
    },
  ],
  merchants: [
    {
      id: 'palm-pier',
      name: 'Palm & Pier',
      origins: ['%SHOP%'],
      links: [
        { id: 'shoes', label: 'Shoes' },
        { id: 'returns', label: 'Returns' },
        { id: 'billing', label: 'Billing' },
      ],
      centres: [
        {
          id: 'aruba',
          name: 'Aruba',
          number: '+2975820001',
          location: { latitude: 12.52, longitude: -70.03 },
          zone: 'America/Aruba',
          hours: roundTheClock,
          capacity: 60,
          trunks: ['cw-1', 'pt-1'],
        },
        {
          id: 'lisbon',
          name: 'Lisbon',
          number: '+351211140001',
          location: { latitude: 38.72, longitude: -9.14 },
          zone: 'Europe/Lisbon',
          hours: [office, office, office, office, office, [], []],
          capacity: 20,
          trunks: ['cw-1', 'pt-1'],
        },
      ],
      routes: [
        { link: 'shoes', centres: ['aruba', 'lisbon'], choose: 'first-open' },
        { link: 'returns', centres: ['aruba', 'lisbon'], choose: 'nearest' },
        { link: 'billing', centres: ['aruba'], choose: 'least-loaded' },
      ],
      dtmf: [
        { code: '*76', label: 'Aruba offer', action: { kind: 'page', origin: '%SHOP%', path: '/offers/aruba.html' } },
        { code: '*74', label: 'Returns form', action: { kind: 'page', origin: '%SHOP%', path: '/returns.html' } },
        { code: '*22', label: 'Louder', action: { kind: 'media', setting: 'volume', changePercent: 20 } },
        { code: '*88', label: 'Quieter', action: { kind: 'media', setting: 'volume', changePercent: -20 } },
        {
          code: '*31',
          label: 'Echo suppression on',
          action: { kind: 'media', setting: 'echo-cancellation', on: true },
        },
        {
          code: '*30',
          label: 'Echo suppression off',
          action: { kind: 'media', setting: 'echo-cancellation', on: false },
        },
      ],
      capture: {
        cookies: ['cart', 'visits'],
        formFields: ['name', 'order', 'reason', 'size', 'email', 'details', 'topic', 'message'],
      },
      agents: [
        {
          id: 'anna',
          displayName: 'Anna Croes',
          centre: 'aruba',
          device: '101',
          roles: ['agent', 'analyst', 'supervisor', 'admin'],
        },
        { id: 'ben', displayName: 'Ben Maduro', centre: 'aruba', device: '102', roles: ['agent'] },
        { id: 'carla', displayName: 'Carla Nunes', centre: 'lisbon', device: '201', roles: ['agent'] },
      ],
    },
  ],
};
