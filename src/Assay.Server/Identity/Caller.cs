using Assay.Server.Users;

namespace Assay.Server.Identity;

/// <summary>Who is asking: read from the token by <see cref="PermissionGate"/> before any handler runs.</summary>
internal sealed record Caller(long Id, string UserId, string Name, string? Email, Role Role, long TokenId, DateTime? Expires, bool ScimOnly)
{
    public bool Is(Role role) => Role >= role;

    public static ValueTask<Caller?> BindAsync(HttpContext http) => ValueTask.FromResult(http.Features.Get<Caller>());
}
