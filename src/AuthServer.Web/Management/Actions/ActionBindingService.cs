using System.Text.Json;
using System.Text.Json.Nodes;
using AuthServer.Actions;
using AuthServer.Core;
using AuthServer.Core.Actions;
using AuthServer.Core.Model;
using AuthServer.Storage;
using AuthServer.Web.Formats;
using AuthServer.Web.Management.Wire;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Actions;

/// <summary>Which Actions each trigger executes, in order.</summary>
internal sealed class ActionBindingService(
    AuthDbContext db, TenantWrites writes, IActionRunner runner, TimeProvider time)
{
    private const string Key = "bindings";

    private static ManagementException Missing =>
        ManagementError.NotFound("That trigger does not exist.").AsException();

    public static JsonObject ListTriggers() => new()
    {
        ["triggers"] = new JsonArray([.. ActionTriggers.All.Select(trigger => new JsonObject
        {
            ["id"] = trigger.Id,
            ["version"] = trigger.Version,
            ["status"] = "CURRENT",
            ["runtimes"] = JsonText.ArrayOf(ActionRuntimes.All),
            ["default_runtime"] = ActionRuntimes.Default,
            ["compatible_triggers"] = new JsonArray(),
            ["binding_policy"] = "trigger-bound",
        })]),
    };

    public async Task<JsonObject> ListAsync(string triggerId, ActionPaging paging, CancellationToken ct)
    {
        var isKnown = ActionTriggers.Find(triggerId) is not null
            || ActionTriggers.Unsupported.Contains(triggerId, StringComparer.Ordinal);
        if (!isKnown)
            throw Missing;
        var bindings = db.ActionBindings.AsNoTracking().Where(b => b.TriggerId == triggerId).OrderBy(b => b.Position);
        return await paging.PageAsync(Key, bindings, shown => WriteAsync(shown, ct), ct);
    }

    /// <summary>The ids of the Actions that a trigger executes.</summary>
    public async Task<IReadOnlySet<string>> BoundActionsAsync(CancellationToken ct)
    {
        var ids = await db.ActionBindings.AsNoTracking().Select(b => b.ActionId).ToListAsync(ct);
        return ids.Select(id => id.ToString()).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The list that is sent replaces the one that was.</summary>
    public async Task<JsonObject> ReplaceAsync(string triggerId, JsonBody body, CancellationToken ct)
    {
        if (ActionTriggers.Find(triggerId) is null)
            throw Missing;
        body.Require(Key);
        body.AllowOnly(Key);
        var sent = body.Root.GetProperty(Key);
        if (JsonValidators.Array(sent) is { } mistyped)
            throw ManagementException.Invalid(mistyped, Key);
        if (sent.GetArrayLength() > ActionLimits.MaxBindings)
            throw ManagementException.Invalid($"Array has more than {ActionLimits.MaxBindings} items", Key);

        await using var write = await writes.BeginAsync(ct);
        var before = await db.ActionBindings.Where(b => b.TriggerId == triggerId).OrderBy(b => b.Position)
            .ToListAsync(ct);
        body.EnsureCurrent(new JsonObject
        {
            [Key] = JsonText.ArrayOf(before.Select(b => b.ActionId.ToString())),
        });
        var bindings = new List<ActionBinding>();
        foreach (var one in sent.EnumerateArray())
        {
            var (action, error) = await ResolveAsync(one, triggerId, ct);
            if (action is null)
                throw ManagementError.InvalidBody(error!.Under($"bindings[{bindings.Count}]")).AsException();
            if (bindings.Exists(binding => binding.ActionId == action.Id))
                throw ManagementException.Invalid($"The action {action.Name} is bound twice", Key);
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

        db.RemoveRange(before);
        db.AddRange(bindings);
        await write.SaveAsync(ct);
        if (bindings.Count > 0)
            runner.WarmUp();
        return await ListAsync(triggerId, new ActionPaging(0, ActionLimits.MaxBindings), ct);
    }

    private async Task<(ActionDefinition? Action, ValidationError? Error)> ResolveAsync(
        JsonElement binding, string triggerId, CancellationToken ct)
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

    private async Task<IEnumerable<JsonObject>> WriteAsync(IReadOnlyList<ActionBinding> shown, CancellationToken ct)
    {
        var ids = shown.Select(b => b.ActionId).ToList();
        var actions = await db.Actions.AsNoTracking().Where(a => ids.Contains(a.Id)).ToListAsync(ct);
        var deployed = actions.ConvertAll(a => a.DeployedVersionId);
        var versions = await db.ActionVersions.AsNoTracking().Where(v => deployed.Contains(v.Id)).ToListAsync(ct);
        return shown.Select(binding =>
        {
            var action = actions.Single(a => a.Id == binding.ActionId);
            return Write(binding, action, versions.Find(v => v.Id == action.DeployedVersionId));
        });
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
