export const environments = {
  staging: {
    host: 'staging.shop.example.com',
    replicas: 1,
    web: { memory: '128Mi' },
  },
  production: {
    host: 'shop.example.com',
    replicas: 4,
    web: { env: { LOG: 'warn' }, port: 8081 },
  },
} as const;
