/** The addresses of the screens. A part is a question or a record: links to it can be shared. */
import { createRouter, createWebHistory } from 'vue-router'
import { loadTypes } from './document-types.ts'
import { appBase } from './host.ts'

/** A screen that shows documents of whatever type. */
const ofAnyType =
  <T>(load: () => Promise<T>) =>
  async (): Promise<T> =>
    (await Promise.all([load(), loadTypes()]))[0]

export const router = createRouter({
  history: createWebHistory(appBase()),
  routes: [
    { path: '/', name: 'home', component: () => import('./screens/home/HomePage.vue') },
    {
      path: '/d/:id/review',
      name: 'review',
      component: ofAnyType(() => import('./screens/review/ReviewPage.vue')),
      props: true,
    },
    {
      path: '/d/:id/history',
      name: 'history',
      component: ofAnyType(() => import('./screens/history/HistoryPage.vue')),
      props: true,
    },
    {
      path: '/d/:id/print',
      name: 'print',
      component: ofAnyType(() => import('./screens/paper/PrintPage.vue')),
      props: true,
    },
    {
      path: '/d/:id/leaflet/:kind(norms|guidance)',
      name: 'leaflet',
      component: ofAnyType(() => import('./screens/paper/LeafletPage.vue')),
      props: true,
    },
    {
      path: '/d/:id/:section?/:part?',
      name: 'document',
      component: () => import('./screens/document/DocumentPage.vue'),
      props: true,
    },
    {
      path: '/calendar',
      name: 'calendar',
      component: () => import('./screens/calendar/CalendarPage.vue'),
    },
    { path: '/tools', name: 'tools', component: () => import('./screens/catalogue/CataloguePage.vue') },
    {
      path: '/tools/care',
      name: 'tools-care',
      component: () => import('./screens/catalogue/CarePage.vue'),
    },
    {
      path: '/tools/compare',
      name: 'compare',
      component: () => import('./screens/catalogue/compare/ComparePage.vue'),
    },
    {
      path: '/tools/:tool',
      name: 'tool',
      component: () => import('./screens/catalogue/ToolPage.vue'),
      props: true,
    },
    {
      path: '/may-i-use',
      name: 'may-i-use',
      component: () => import('./screens/catalogue/MayIUsePage.vue'),
    },
    { path: '/suggest', name: 'suggest', component: () => import('./screens/suggest/SuggestPage.vue') },
    {
      path: '/suggest/all',
      name: 'suggestions',
      component: () => import('./screens/suggest/SuggestionsPage.vue'),
    },
    {
      path: '/suggest/:suggestion',
      name: 'suggestion',
      component: () => import('./screens/suggest/SuggestionPage.vue'),
      props: true,
    },
    {
      path: '/search',
      name: 'search',
      component: ofAnyType(() => import('./screens/search/SearchPage.vue')),
    },
    { path: '/plans', name: 'plans', component: () => import('./screens/plans/PlansPage.vue') },
    {
      path: '/t/:team',
      name: 'team',
      component: () => import('./screens/team/TeamPage.vue'),
      props: true,
    },
    {
      path: '/organisation',
      name: 'organisation',
      component: () => import('./screens/organisation/OrganisationPage.vue'),
    },
    {
      path: '/organisation/reference/:list',
      name: 'reference',
      component: ofAnyType(() => import('./screens/organisation/reference/ReferencePage.vue')),
      props: true,
    },
    {
      path: '/data',
      name: 'data',
      component: ofAnyType(() => import('./screens/data/DataPage.vue')),
    },
    { path: '/:rest(.*)*', redirect: '/' },
  ],
})
