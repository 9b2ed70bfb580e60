using Assay.Quality.Expressions.Syntax;

namespace Assay.Quality.Expressions.Functions;

/// <summary>Hashes, as lower-case hexadecimal digits.</summary>
internal static class HashFunctions
{
    public static IReadOnlyList<Function> All { get; } = Make();

    private static List<Function> Make()
    {
        var group = new FunctionGroup("Hashes");
        group.Add("md5", 1, 1, SqlType.String, call => $"lower(hex(MD5({call.Text(0)})))");
        group.Add("sha sha1", 1, 1, SqlType.String, call => $"lower(hex(SHA1({call.Text(0)})))");
        group.Add("sha2", 2, 2, SqlType.String, call => (call.Node.Arguments[1] as NumberNode)?.Text switch
        {
            "0" or "256" => $"lower(hex(SHA256({call.Text(0)})))",
            "224" => $"lower(hex(SHA224({call.Text(0)})))",
            "384" => $"lower(hex(SHA384({call.Text(0)})))",
            "512" => $"lower(hex(SHA512({call.Text(0)})))",
            _ => throw call.Fault(1, "sha2 knows 224, 256, 384, 512 and 0 for 256"),
        });
        group.Add("crc32", 1, 1, SqlType.Integer, call => $"toInt64(CRC32({call.Text(0)}))");
        return group.Functions;
    }
}
