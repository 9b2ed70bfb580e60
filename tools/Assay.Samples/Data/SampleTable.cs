namespace Assay.Samples.Data;

/// <summary>A table and the file of vega-datasets that fills it.</summary>
/// <param name="Target">The table and the columns to fill, as they stand behind COPY.</param>
/// <param name="File">The file: .csv and .tsv go to the server as they are, .json row by row.</param>
/// <param name="Members">For JSON: the members of a row's object, in the order of the columns.</param>
internal sealed record SampleTable(string Target, string File, params string[] Members);
