Documentation.addTranslations({
  "locale": "pt",
  "messages": {
    ", in ": ", em ",
    "Hide Search Matches": "Ocultar os resultados destacados",
    "Preparing search...": "Preparando a pesquisa…",
    "Search": "Pesquisar",
    "Search Results": "Resultados da pesquisa",
    "Search finished, found one page matching the search query.": [
      "A pesquisa encontrou uma página.",
      "A pesquisa encontrou ${resultCount} páginas."
    ],
    "Searching": "Pesquisando",
    "Your search did not match any documents. Please make sure that all words are spelled correctly and that you've selected enough categories.": "Nenhuma página foi encontrada. Confira se as palavras estão escritas corretamente, ou tente outras."
  },
  "plural_expr": "n > 1 ? 1 : 0"
});
