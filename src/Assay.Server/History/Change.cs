using System.Text.Json.Nodes;
using Assay.Server.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Assay.Server.History;

/// <summary>One change of one thing: who, when, and each changed member's old and new value. Secrets appear only as "changed".</summary>
internal sealed class Change
{
    public long Id { get; init; }
    /// <summary>The kind of thing, such as <c>connection</c>.</summary>
    public required string ObjectType { get; init; }
    public long ObjectId { get; init; }
    /// <summary><c>insert</c>, <c>update</c> or <c>delete</c>.</summary>
    public required string Verb { get; init; }
    /// <summary><c>{member: [old, new]}</c> as JSON.</summary>
    public required string Changeset { get; init; }
    public DateTime IssuedAt { get; init; }
    public long? UserId { get; init; }

    public const string Insert = "insert";
    public const string Update = "update";
    public const string Delete = "delete";

    /// <param name="changes"><c>{member: [old, new]}</c>, without the value of any secret.</param>
    /// <param name="caller">Null where Assay itself acted.</param>
    public static Change Of(string objectType, long objectId, string verb, JsonObject changes, Caller? caller, DateTime issuedAt) => new()
    {
        ObjectType = objectType,
        ObjectId = objectId,
        Verb = verb,
        Changeset = changes.ToJsonString(Web.Json.Options),
        IssuedAt = issuedAt,
        UserId = caller?.Id,
    };

    internal sealed class Configuration : IEntityTypeConfiguration<Change>
    {
        public void Configure(EntityTypeBuilder<Change> builder) => builder.ToTable("changes").HasKey(c => c.Id);
    }
}
