using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;

namespace Assay.Server.Profiles;

/// <summary>A container's profile with those of its fields in short.</summary>
internal sealed record ContainerProfileDetail : ContainerProfileView
{
    [SetsRequiredMembers]
    public ContainerProfileDetail(ContainerProfileView profile, IReadOnlyList<FieldProfileStub> fields) : base(profile) => FieldProfiles = fields;

    [Description("The profiles of its fields in short, in the fields' order; their figures are at field-profiles.")]
    public IReadOnlyList<FieldProfileStub> FieldProfiles { get; }
}
