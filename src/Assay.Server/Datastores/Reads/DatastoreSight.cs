namespace Assay.Server.Datastores.Reads;

/// <summary>One datastore as it was when the request was decided: its state, and with it either the text known for that state or the row.</summary>
/// <param name="Json">The answer, where it was known.</param>
/// <param name="Row">What the answer is written from, where it was read.</param>
internal sealed record DatastoreSight(long Id, bool Favorite, SingleStamp Stamp, byte[]? Json, DatastoreRow? Row)
{
    public static ValueTask<DatastoreSight?> BindAsync(HttpContext http) => ValueTask.FromResult(http.Features.Get<DatastoreSight>());
}

/// <param name="Tags">The version of the tags that it names by their ids.</param>
/// <param name="Teams">The version of the teams that it names by their ids.</param>
internal sealed record DatastoreRow(DatastoreView View, long Tags, long Teams);
