using Assay.Server.Checks;
using Assay.Server.Checks.Promotion;
using Assay.Server.Identity;
using Assay.Server.Operations.Running;
using Assay.Server.Store;
using Assay.Server.Users;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Operations.Promote;

/// <summary>
/// Brings checks of a container to another one, on behalf of the user who asked. Each check is made for itself; one that is there already is
/// left alone, so that another attempt makes nothing twice.
/// </summary>
internal sealed class PromoteChecksKind(IServiceScopeFactory scopes) : IOperationKind
{
    public const string Name = "promote_quality_check";

    public string Type => Name;

    public bool CanResume => true;

    public string Normalise(string settingsJson) => PromotionSettings.Parse(settingsJson).ToJson();

    public async Task<OperationEnding> RunAsync(OperationRun run, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var settings = PromotionSettings.Parse(run.Settings);
        if (await CallerAsync(scope.ServiceProvider.GetRequiredService<AssayDb>(), run.Id, cancel) is not { } caller)
            return OperationEnding.Failure("The user who asked for it is not there any more.");
        var access = scope.ServiceProvider.GetRequiredService<CheckAccess>();
        if (await access.RefuseContainerAsync(settings.DestinationContainerId, caller, PromotionChecks.Needed(settings.AsDraft), cancel) is { } refusal)
            return OperationEnding.Failure(refusal.Text);
        var done = await scope.ServiceProvider.GetRequiredService<CheckPromotion>().RunAsync(settings, caller, cancel);
        run.Count("total_checks", done.Promoted + done.Skipped.Count);
        run.Count("checks_promoted", done.Promoted);
        run.Count("checks_as_draft", done.Drafts);
        run.Count("checks_skipped", done.Skipped.Count);
        return OperationEnding.Success(done.Message);
    }

    private static async Task<Caller?> CallerAsync(AssayDb db, long operation, CancellationToken cancel)
    {
        var name = await db.Set<Operation>().Where(o => o.Id == operation).Select(o => o.TriggeredBy).FirstAsync(cancel);
        return await db.Set<User>().Where(u => (u.Email == name || u.UserId == name) && !u.Deactivated)
            .Select(u => new Caller(u.Id, u.UserId, u.Name, u.Email, u.Role, 0, null, false)).FirstOrDefaultAsync(cancel);
    }
}
