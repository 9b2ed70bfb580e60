using System.Collections.Immutable;

namespace Assay.Engine.Http;

/// <summary>A running engine that requests can be sent to.</summary>
internal abstract class Endpoint
{
    /// <summary>Knows the address and the credentials.</summary>
    internal abstract HttpClient Http { get; }

    /// <summary>The condition on <c>system.processes</c> that finds a statement by the id we gave it.</summary>
    internal abstract string Finding(string queryId);

    /// <summary>Settings that make this engine behave like any other.</summary>
    internal abstract Task<ImmutableDictionary<string, string>> SettingsAsync(CancellationToken cancellation);

    /// <summary>Says what a broken connection means.</summary>
    internal abstract Task<EngineException> ExplainAsync(Exception broken);

    /// <summary>Fires when the engine is known to have gone down.</summary>
    internal virtual CancellationToken Gone => CancellationToken.None;

    /// <summary>Whether closing the connection is enough to stop a statement.</summary>
    internal abstract bool StopsWhenAbandoned { get; }
}
