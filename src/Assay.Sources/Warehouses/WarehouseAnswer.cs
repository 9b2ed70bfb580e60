using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Assay.Sources.Warehouses;

/// <param name="Body">The answer's JSON; undefined where a refusal had none.</param>
internal sealed record WarehouseAnswer(HttpStatusCode Status, JsonElement Body, HttpResponseHeaders Headers)
{
    public bool Succeeded => (int)Status is >= 200 and < 300;
}
