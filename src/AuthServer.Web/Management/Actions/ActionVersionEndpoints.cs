using System.Text.Json;
using AuthServer.Core;
using AuthServer.Core.Actions;
using AuthServer.Storage;
using AuthServer.Web.Management.Wire;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Actions;

/// <summary>Deployments of Actions, and the versions that they make.</summary>
internal static class ActionVersionEndpoints
{
    private static readonly ManagementError Missing = ManagementError.NotFound("That action version does not exist.");

    private static readonly ManagementError Changed =
        ManagementError.Conflict("The action was changed while it was deployed. Deploy it again.");

    public static void MapActionVersions(this RouteGroupBuilder api)
    {
        api.MapPost("/actions/actions/{id}/deploy", DeployAsync).RequireScope("update:actions");
        api.MapGet("/actions/actions/{actionId}/versions", ListAsync).RequireScope("read:actions");
        api.MapGet("/actions/actions/{actionId}/versions/{id}", GetAsync).RequireScope("read:actions");
        api.MapPost("/actions/actions/{actionId}/versions/{id}/deploy", DeployAgainAsync)
            .RequireScope("update:actions");
    }

    /// <summary>The code is compiled outside of the transaction, for which other writers would wait.</summary>
    private static async Task<IResult> DeployAsync(
        string id,
        AuthDbContext db,
        TenantWrites writes,
        ActionDeployment deployment,
        TimeProvider time,
        CancellationToken ct)
    {
        if (await db.FindActionAsync(id, ct) is not { } draft)
            return ActionEndpoints.Missing;
        var code = draft.Code;
        if (await deployment.CheckAsync(code, ct) is { } broken)
            return broken;

        await using var write = await writes.BeginAsync(ct);
        db.ChangeTracker.Clear();
        if (await db.FindActionAsync(id, ct) is not { } action)
            return ActionEndpoints.Missing;
        if (action.Code != code)
            return Changed;
        var version = await deployment.AddVersionAsync(action, action, time.GetUtcNow(), ct);
        await write.SaveAsync(ct);
        await deployment.WarmUpAsync(action.Id, ct);
        return Results.Json(ActionModel.Write(version, action));
    }

    private static async Task<IResult> ListAsync(
        string actionId, HttpContext http, AuthDbContext db, CancellationToken ct)
    {
        if (await db.FindActionAsync(actionId, ct) is not { } action)
            return ActionEndpoints.Missing;
        var versions = db.ActionVersions.AsNoTracking()
            .Where(v => v.ActionId == action.Id).OrderByDescending(v => v.Number);
        return await ActionPaging.Of(http).AnswerAsync(
            "versions",
            versions,
            shown => Task.FromResult(shown.Select(version => ActionModel.Write(version, action))),
            ct);
    }

    private static async Task<IResult> GetAsync(string actionId, string id, AuthDbContext db, CancellationToken ct)
    {
        if (await db.FindActionAsync(actionId, ct) is not { } action)
            return ActionEndpoints.Missing;
        return await FindAsync(db, action, id, ct) is { } version
            ? Results.Json(ActionModel.Write(version, action))
            : Missing;
    }

    /// <summary>An earlier version becomes a new one.</summary>
    private static async Task<IResult> DeployAgainAsync(
        string actionId,
        string id,
        HttpContext http,
        AuthDbContext db,
        TenantWrites writes,
        ActionDeployment deployment,
        TimeProvider time,
        CancellationToken ct)
    {
        var (updatesDraft, malformed) = await ReadAsync(http, ct);
        if (malformed is not null)
            return malformed;

        await using var write = await writes.BeginAsync(ct);
        if (await db.FindActionAsync(actionId, ct) is not { } action)
            return ActionEndpoints.Missing;
        if (await FindAsync(db, action, id, ct) is not { } version)
            return Missing;
        var now = time.GetUtcNow();
        if (updatesDraft)
        {
            ActionDeployment.Copy(version, action);
            action.UpdatedAt = now;
        }

        var deployed = await deployment.AddVersionAsync(action, version, now, ct);
        await write.SaveAsync(ct);
        await deployment.WarmUpAsync(action.Id, ct);
        return Results.Json(ActionModel.Write(deployed, action), statusCode: StatusCodes.Status202Accepted);
    }

    /// <summary>The body may be missing, or JSON's null.</summary>
    private static async Task<(bool UpdatesDraft, ManagementError? Error)> ReadAsync(
        HttpContext http, CancellationToken ct)
    {
        using var reader = new StreamReader(http.Request.Body);
        var text = (await reader.ReadToEndAsync(ct)).Trim();
        if (text is "" or "null")
            return (false, null);
        if (JsonText.Read(text) is not { ValueKind: JsonValueKind.Object } root)
            return (false, ManagementError.InvalidBody(new ValidationError("Expected a JSON object")));
        if (new JsonBody(root).Unknown("update_draft") is { } unknown)
            return (false, unknown);
        if (!root.TryGetProperty("update_draft", out var flag))
            return (false, null);
        return JsonValidators.Flag(flag) is { } reason
            ? (false, ManagementError.InvalidBody(new ValidationError(reason, "update_draft")))
            : (flag.GetBoolean(), null);
    }

    private static Task<ActionVersion?> FindAsync(
        AuthDbContext db, ActionDefinition action, string id, CancellationToken ct) =>
        Guid.TryParse(id, out var versionId)
            ? db.ActionVersions.AsNoTracking()
                .SingleOrDefaultAsync(v => v.Id == versionId && v.ActionId == action.Id, ct)
            : Task.FromResult<ActionVersion?>(null);
}
