using System.Text.RegularExpressions;
using Assay.Engine.Secrets;
using Assay.Sources.Contract;
using Assay.Sources.Warehouses;

namespace Assay.Sources.Snowflake;

/// <summary>A Snowflake connection's settings after checking.</summary>
internal sealed partial record SnowflakeAccess : WarehouseAccess
{
    private const int LongestName = 255;

    public required string Account { get; init; }
    /// <summary>One of the modes of <see cref="SnowflakeSpec"/>.</summary>
    public required string Mode { get; init; }
    /// <summary>The password, the token, or the private key's text.</summary>
    public required Secret Password { get; init; }
    public Secret? Passphrase { get; init; }
    public required string Role { get; init; }
    public required string Warehouse { get; init; }

    public static SnowflakeAccess? Read(ConnectionSettings connection, out IReadOnlyList<SettingProblem> problems)
    {
        var settings = new WarehouseSettings(connection, "snowflake");
        var mode = settings.Mode(SnowflakeSpec.Basic, SnowflakeSpec.KeyPair, SnowflakeSpec.AccessToken, SnowflakeSpec.OAuth);
        var endpoint = settings.Endpoint(complete: Complete);
        var access = new SnowflakeAccess
        {
            Endpoint = endpoint ?? new Uri("https://invalid"),
            User = settings.Username(),
            Mode = mode,
            Password = mode is SnowflakeSpec.AccessToken or SnowflakeSpec.OAuth ? settings.Token() : settings.Password(),
            Passphrase = mode == SnowflakeSpec.KeyPair ? settings.Passphrase() : null,
            Role = Required("role"),
            Warehouse = Required("warehouse"),
            Account = settings.Parameters.Text("account", LongestName) ?? endpoint?.Host.Split('.')[0] ?? "",
            ConnectTimeout = settings.ConnectTimeout(),
            StatementTimeout = settings.StatementTimeout(),
        };
        if (mode == SnowflakeSpec.KeyPair && access.Password.Reveal().Length > 0 && SnowflakeKey.ProblemOf(access.Password, access.Passphrase) is { } problem)
            settings.Add(problem.Field, problem.Message, problem.Missing ? "missing" : "value_error");
        // The number of rows per answer is Snowflake's own affair.
        problems = settings.Problems;
        return problems.Count == 0 ? access : null;

        string Required(string name)
        {
            if (settings.Parameters.Text(name, LongestName) is { Length: > 0 } text) return text;
            settings.Parameters.Add(name, "Field required", "missing");
            return "";
        }
    }

    /// <summary>Accounts are often given by their name and region alone, as Snowflake's own drivers take them.</summary>
    private static string Complete(string host) =>
        host != "localhost" && (!host.Contains('.') && !host.Contains(':') || Region().IsMatch(host)) ? $"{host}.snowflakecomputing.com" : host;

    [GeneratedRegex(@"^[\w-]+\.[a-z]{2,}-[a-z]+-?[a-z]*-?\d?(\.(aws|gcp|azure))?$", RegexOptions.IgnoreCase)]
    private static partial Regex Region();
}
