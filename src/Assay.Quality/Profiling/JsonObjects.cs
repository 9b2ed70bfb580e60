using System.Text.Json;
using Assay.Engine;

namespace Assay.Quality.Profiling;

/// <summary>
/// Objects that came as JSON text are taken apart, so that their members are profiled as those of any struct. Which members there are a sample tells, spread over
/// the rows; of which types they are is found out by all values, like that of other texts.
/// </summary>
internal static class JsonObjects
{
    private const int Rows = 10_000;
    private const long MostBytes = 32 << 20;
    private const int MostMembers = 500;
    private const string TooMany = "Its objects have more than 500 different members, which are not profiled.";

    private const string Failed = "The engine could not take its objects apart, so that their members are not profiled.";

    /// <summary>The setting of the engine's faster reader of JSON, which gives up on whole objects with a number of more than twenty digits.</summary>
    public const string FastReader = "allow_simdjson";

    /// <returns>By position what is to be known of columns that were not taken apart.</returns>
    public static async Task<IReadOnlyDictionary<int, string>> UnfoldAsync(IEngine engine, Stage stage, IReadOnlyList<ProfileField> fields, CancellationToken cancel)
    {
        var (types, notes) = (new Dictionary<int, string>(), new Dictionary<int, string>());
        for (var i = 0; i < fields.Count && stage.Rows > 0; i++)
        {
            if (!MayHold(fields[i], stage.Types[i])) continue;
            var shape = new JsonShape();
            await SampleAsync(engine, stage, i, shape, cancel);
            if (shape.Members > MostMembers) notes[i] = TooMany;
            else if (shape.HasObjects) types[i] = shape.EngineType;
        }
        try
        {
            await stage.UnfoldAsync(types, cancel);
        }
        catch (EngineException problem) when (problem.Fault is not (EngineFault.EngineDied or EngineFault.EngineUnavailable) && !cancel.IsCancellationRequested)
        {
            foreach (var position in types.Keys) notes[position] = Failed;
        }
        return notes;
    }

    private static bool MayHold(ProfileField field, string type) => EngineTypes.Bare(type) switch
    {
        "String" => field.Declared == FieldKind.Struct,
        ['A', 'r', 'r', 'a', 'y', '(', .. var element, ')'] => field.Element == FieldKind.Struct && EngineTypes.Bare(element) == "String",
        _ => false,
    };

    private static async Task SampleAsync(IEngine engine, Stage stage, int position, JsonShape shape, CancellationToken cancel)
    {
        var sample = stage.InMemory ? Sampling.Where(stage.Rows, Rows) : $" LIMIT {Rows}";
        var left = MostBytes;
        var column = Stage.Column(position);
        await foreach (var row in engine.QueryAsync(stage.Query($"SELECT {column} FROM (SELECT {column} FROM {stage.Relation}{sample})"), cancel))
        {
            foreach (var value in row[0] is object?[] items ? items : [row[0]])
                if (value is string text && (left -= text.Length) > 0) Add(shape, text, items: row[0] is object?[]);
            if (left <= 0 || shape.Members > MostMembers) break;
        }
    }

    private static void Add(JsonShape shape, string text, bool items)
    {
        if (items) shape.AddArray();
        var one = items ? shape.Elements : shape;
        try
        {
            using var json = JsonDocument.Parse(text);
            one.Add(json.RootElement);
        }
        catch (JsonException)
        {
            one.AddText();
        }
    }
}
