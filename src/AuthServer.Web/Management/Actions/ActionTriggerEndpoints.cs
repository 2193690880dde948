using System.Text.Json;
using System.Text.Json.Nodes;
using AuthServer.Actions;
using AuthServer.Core;
using AuthServer.Core.Actions;
using AuthServer.Storage;
using AuthServer.Web.Management.Wire;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Actions;

/// <summary><c>/api/v2/actions/triggers</c>: which Actions run when, in order.</summary>
internal static class ActionTriggerEndpoints
{
    private static readonly ManagementError Missing = ManagementError.NotFound("That trigger does not exist.");

    public static void MapActionTriggers(this RouteGroupBuilder api)
    {
        api.MapGet("/actions/triggers", List).RequireScope("read:actions");
        api.MapGet("/actions/triggers/{triggerId}/bindings", ListBindingsAsync).RequireScope("read:actions");
        api.MapPatch("/actions/triggers/{triggerId}/bindings", BindAsync).RequireScope("update:actions");
    }

    private static IResult List() => Results.Json(new JsonObject
    {
        ["triggers"] = new JsonArray([.. ActionTriggers.All.Select(trigger => new JsonObject
        {
            ["id"] = trigger.Id,
            ["version"] = trigger.Version,
            ["status"] = "CURRENT",
            ["runtimes"] = ResourceSchema<ActionDefinition>.ArrayOf(ActionRuntimes.All),
            ["default_runtime"] = ActionRuntimes.Default,
            ["compatible_triggers"] = new JsonArray(),
            ["binding_policy"] = "trigger-bound",
        })]),
    });

    private static async Task<IResult> ListBindingsAsync(
        string triggerId, HttpContext http, AuthDbContext db, CancellationToken ct)
    {
        var isKnown = ActionTriggers.Find(triggerId) is not null
            || ActionTriggers.Unsupported.Contains(triggerId, StringComparer.Ordinal);
        return isKnown ? await AnswerAsync(triggerId, ActionPaging.Of(http), db, ct) : Missing;
    }

    private static Task<IResult> AnswerAsync(
        string triggerId, ActionPaging paging, AuthDbContext db, CancellationToken ct)
    {
        var bindings = db.ActionBindings.AsNoTracking().Where(b => b.TriggerId == triggerId).OrderBy(b => b.Position);
        return paging.AnswerAsync(
            "bindings",
            bindings,
            async shown =>
            {
                var ids = shown.Select(b => b.ActionId).ToList();
                var actions = await db.Actions.AsNoTracking().Where(a => ids.Contains(a.Id)).ToListAsync(ct);
                var deployed = actions.ConvertAll(a => a.DeployedVersionId);
                var versions = await db.ActionVersions.AsNoTracking()
                    .Where(v => deployed.Contains(v.Id)).ToListAsync(ct);
                return shown.Select(binding =>
                {
                    var action = actions.Single(a => a.Id == binding.ActionId);
                    return Write(binding, action, versions.Find(v => v.Id == action.DeployedVersionId));
                });
            },
            ct);
    }

    /// <summary>The list that is sent replaces the one that was.</summary>
    private static async Task<IResult> BindAsync(
        string triggerId,
        JsonBody body,
        AuthDbContext db,
        TenantWrites writes,
        IActionRunner runner,
        TimeProvider time,
        CancellationToken ct)
    {
        if (ActionTriggers.Find(triggerId) is null)
            return Missing;
        if (body.Missing("bindings") is { } missing)
            return missing;
        if (body.Unknown("bindings") is { } unknown)
            return unknown;
        var sent = body.Root.GetProperty("bindings");
        if (JsonValidators.Array(sent) is { } mistyped)
            return ManagementError.InvalidBody(new ValidationError(mistyped, "bindings"));
        if (sent.GetArrayLength() > ActionLimits.MaxBindings)
        {
            return ManagementError.InvalidBody(
                new ValidationError($"Array has more than {ActionLimits.MaxBindings} items", "bindings"));
        }

        await using var write = await writes.BeginAsync(ct);
        var bindings = new List<ActionBinding>();
        foreach (var one in sent.EnumerateArray())
        {
            var (action, problem) = await ResolveAsync(one, triggerId, db, ct);
            if (action is null)
                return ManagementError.InvalidBody(problem!.Under($"bindings[{bindings.Count}]"));
            if (bindings.Exists(binding => binding.ActionId == action.Id))
                return ManagementError.InvalidBody(
                    new ValidationError($"The action {action.Name} is bound twice", "bindings"));
            bindings.Add(new ActionBinding
            {
                Id = Guid.CreateVersion7(time.GetUtcNow()),
                TriggerId = triggerId,
                ActionId = action.Id,
                Position = bindings.Count,
                DisplayName = JsonText.Of(one, "display_name") ?? action.Name,
                CreatedAt = time.GetUtcNow(),
            });
        }

        db.RemoveRange(await db.ActionBindings.Where(b => b.TriggerId == triggerId).ToListAsync(ct));
        db.AddRange(bindings);
        await write.SaveAsync(ct);
        if (bindings.Count > 0)
            runner.WarmUp();
        return await AnswerAsync(triggerId, new ActionPaging(0, ActionLimits.MaxBindings), db, ct);
    }

    private static async Task<(ActionDefinition? Action, ValidationError? Problem)> ResolveAsync(
        JsonElement binding, string triggerId, AuthDbContext db, CancellationToken ct)
    {
        if (JsonValidators.Object(binding) is { } mistyped)
            return (null, mistyped);
        var names = binding.EnumerateObject().Select(member => member.Name);
        if (names.FirstOrDefault(name => name is not ("ref" or "display_name")) is { } unknown)
            return (null, ValidationError.Unknown(unknown));
        if (!binding.TryGetProperty("ref", out var reference) || JsonText.Of(reference, "value") is not { } value)
            return (null, ValidationError.Missing("ref"));
        var id = Guid.TryParse(value, out var parsed) ? parsed : Guid.Empty;
        var action = JsonText.Of(reference, "type") switch
        {
            "action_id" => await db.Actions.SingleOrDefaultAsync(a => a.Id == id, ct),
            "action_name" => await db.Actions.SingleOrDefaultAsync(a => a.Name == value, ct),
            "binding_id" => await db.ActionBindings.Where(b => b.Id == id)
                .Join(db.Actions, b => b.ActionId, a => a.Id, (_, bound) => bound).SingleOrDefaultAsync(ct),
            _ => null,
        };
        if (action is null || action.TriggerId != triggerId)
            return (null, $"There is no such action for this trigger: {value}");
        return action.DeployedVersionId is null
            ? (null, $"The action {action.Name} is not deployed")
            : (action, null);
    }

    private static JsonObject Write(ActionBinding binding, ActionDefinition action, ActionVersion? deployed)
    {
        var json = ActionModel.Write(action, deployed);
        if (deployed is not null)
            json["current_version"] = ActionModel.Write(deployed, action);
        return new JsonObject
        {
            ["id"] = binding.Id.ToString(),
            ["trigger_id"] = binding.TriggerId,
            ["display_name"] = binding.DisplayName,
            ["action"] = json,
            ["created_at"] = binding.CreatedAt.Iso(),
            ["updated_at"] = binding.CreatedAt.Iso(),
        };
    }
}
