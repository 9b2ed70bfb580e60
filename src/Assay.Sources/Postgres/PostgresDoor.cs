using System.Net;
using Assay.Sources.Contract;
using Assay.Sources.Network;
using Npgsql;

namespace Assay.Sources.Postgres;

/// <summary>The way into a server: past the host policy, over TCP, through TLS, signed in. Tests, discovery and listings all come this way.</summary>
internal sealed class PostgresDoor(HostPolicy policy, PostgresFaultLog faults, TimeProvider time) : IAsyncDisposable
{
    private const int Retries = 4;
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(100);

    private readonly RecentSignIns recent = new(time);
    private readonly IdleSessions idle = new(time);

    /// <summary>Databases to look from where none is named: the one made for it, and the one that PostgreSQL's own tools try.</summary>
    private static IReadOnlyList<string> Lobbies(PostgresSettings settings) => [.. new[] { "postgres", settings.Username, "template1" }.Distinct()];

    public Task<HostVerdict> ResolveAsync(PostgresSettings settings, CancellationToken cancel) =>
        policy.ResolveAsync(settings.Host, settings.Port, cancel);

    /// <summary>Finds the address that takes connections among those that may be connected to.</summary>
    public static async Task<IPAddress> FindAddressAsync(PostgresSettings settings, HostVerdict verdict, TimeSpan timeout, CancellationToken cancel)
    {
        using var socket = await GuardedTcp.ConnectAsync(verdict.Addresses, settings.Port, timeout, cancel);
        return ((IPEndPoint)socket.RemoteEndPoint!).Address;
    }

    /// <summary>Signs in to a database, or where none is named to the first that lets the user in.</summary>
    /// <exception cref="PostgresSignInException">It did not work; the exception says how far it came.</exception>
    public async Task<PostgresSignIn> SignInAsync(
        PostgresSettings settings, IPAddress address, string? database, TimeSpan timeout, CancellationToken cancel)
    {
        if (database is not null)
            return await PreferAsync(database);
        var lobbies = Lobbies(settings);
        foreach (var lobby in lobbies.SkipLast(1))
        {
            try
            {
                return await PreferAsync(lobby);
            }
            catch (PostgresSignInException e) when (e.Barred)
            {
            }
        }
        return await PreferAsync(lobbies[^1]);

        async Task<PostgresSignIn> PreferAsync(string name)
        {
            if (settings.Tls is not SslMode.Prefer)
                return await TryAsync(settings, address, name, settings.Tls, timeout, cancel);
            try
            {
                return await TryAsync(settings, address, name, SslMode.Require, timeout, cancel);
            }
            // The driver could do this by itself, but would not say which of the two it came to.
            catch (PostgresSignInException e) when (e.TlsNotOffered || e.NotLetIn)
            {
                return await TryAsync(settings, address, name, SslMode.Disable, timeout, cancel);
            }
        }
    }

    /// <summary>Signs in. Where the server has no room for one more, sessions that only wait for their next read make some.</summary>
    private async Task<PostgresSignIn> TryAsync(
        PostgresSettings settings, IPAddress address, string database, SslMode tls, TimeSpan timeout, CancellationToken cancel)
    {
        var ended = false;
        for (var left = Retries; ; left--)
        {
            try
            {
                return await TryOnceAsync(settings, address, database, tls, timeout, cancel);
            }
            catch (PostgresSignInException e) when (e.NoRoom && left > 0)
            {
                ended |= await idle.EndAsync(address, settings.Port);
                if (!ended) throw;
                // The server takes a moment to see that they are gone.
                await Task.Delay(Moment, time, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task<PostgresSignIn> TryOnceAsync(
        PostgresSettings settings, IPAddress address, string database, SslMode tls, TimeSpan timeout, CancellationToken cancel)
    {
        var watch = new SignInWatch(time, tls);
        var source = PostgresDataSource.Create(settings, address, database, timeout, watch);
        try
        {
            var connection = await source.OpenConnectionAsync(cancel);
            watch.OnEnded();
            return new PostgresSignIn(new PostgresSession(source, connection, address), watch, database);
        }
        catch (Exception e)
        {
            await source.DisposeAsync();
            throw new PostgresSignInException(e, watch, database);
        }
    }

    /// <returns>Null where the way that worked a moment ago no longer does.</returns>
    private async Task<PostgresSession?> AgainAsync(PostgresSettings settings, IPAddress address, string database, SslMode tls, CancellationToken cancel)
    {
        try
        {
            return (await TryAsync(settings, address, database, tls, settings.ConnectTimeout, cancel)).Session;
        }
        catch (PostgresSignInException)
        {
            recent.Forget(settings);
            return null;
        }
    }

    /// <summary>All steps at once, for those who need no report of each.</summary>
    /// <exception cref="SourceException">One of them failed.</exception>
    public async Task<PostgresSession> OpenAsync(PostgresSettings settings, string? database, CancellationToken cancel) =>
        await OpenAsync(settings, database, await PassAsync(settings, cancel), cancel);

    /// <summary>A session in a transaction that reads: one that finished another read a moment ago, or a new one.</summary>
    /// <exception cref="SourceException">There is no way in.</exception>
    /// <exception cref="NpgsqlException">The transaction could not be begun.</exception>
    public async Task<PostgresSession> OpenReadingAsync(PostgresSettings settings, string database, TimeSpan statementTimeout, CancellationToken cancel)
    {
        var verdict = await PassAsync(settings, cancel);
        if (idle.Take(settings, database, verdict.Addresses) is { } waited)
        {
            try
            {
                return await BegunAsync(waited, statementTimeout, IdleSessions.Kept, cancel);
            }
            catch (NpgsqlException) when (!cancel.IsCancellationRequested)
            {
                // The server ended it while it waited, and most likely the others with it.
                await idle.EndAsync(waited.Address, settings.Port);
            }
        }
        return await BegunAsync(await OpenAsync(settings, database, verdict, cancel), statementTimeout, statementTimeout, cancel);
    }

    /// <summary>Leaves a session that has finished its transaction for the next <see cref="OpenReadingAsync"/>.</summary>
    public async ValueTask LeaveAsync(PostgresSettings settings, string database, PostgresSession session)
    {
        try
        {
            // Functions that views and policies call may have changed its settings, or hold locks that last as long as it does.
            await session.ExecuteAsync("DISCARD ALL", IdleSessions.Kept, CancellationToken.None);
        }
        catch (NpgsqlException)
        {
            await session.DisposeAsync();
            return;
        }
        await idle.GiveAsync(settings, database, session);
    }

    public ValueTask DisposeAsync() => idle.DisposeAsync();

    private static async Task<PostgresSession> BegunAsync(PostgresSession session, TimeSpan statementTimeout, TimeSpan patience, CancellationToken cancel)
    {
        try
        {
            await session.BeginReadingAsync(statementTimeout, patience, cancel);
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    private async Task<HostVerdict> PassAsync(PostgresSettings settings, CancellationToken cancel)
    {
        var verdict = await ResolveAsync(settings, cancel);
        return verdict.Allowed ? verdict : throw new SourceException(verdict.Fault);
    }

    private async Task<PostgresSession> OpenAsync(PostgresSettings settings, string? database, HostVerdict verdict, CancellationToken cancel)
    {
        if (database is not null && recent.Find(settings, verdict.Addresses) is { } way && await AgainAsync(settings, way.Address, database, way.Tls, cancel) is { } again)
            return again;
        var place = new PostgresPlace(settings, database ?? "");
        IPAddress address;
        try
        {
            address = await FindAddressAsync(settings, verdict, settings.ConnectTimeout, cancel);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            throw new SourceException(faults.Of(e, PostgresSteps.Connect, place), e);
        }
        try
        {
            var signIn = await SignInAsync(settings, address, database, settings.ConnectTimeout, cancel);
            recent.Note(settings, address, signIn.Watch.Tls);
            return signIn.Session;
        }
        catch (PostgresSignInException e) when (!cancel.IsCancellationRequested)
        {
            throw new SourceException(faults.Of(e, place), e.InnerException);
        }
        catch (PostgresSignInException e)
        {
            throw new OperationCanceledException(e.Message, e, cancel);
        }
    }
}
