// Starts GraphiQL against the URL of this page. Paste a token under "Headers": {"Authorization": "Bearer …"}.
const example = `# The shop speaks a slice of Saleor's API. Ctrl-Space completes, Ctrl-Enter runs.
{
  products(channel: "default-channel", first: 3) {
    edges { node { name slug pricing { priceRange { start { gross { amount currency } } } } } }
  }
}
`;
const fetcher = GraphiQL.createFetcher({ url: window.location.pathname });
const editor = React.createElement(GraphiQL, { fetcher, defaultQuery: example, shouldPersistHeaders: false });
ReactDOM.render(editor, document.getElementById("editor"));
