using System.Text.Json;
using AuthServer.Core;
using AuthServer.Core.Model;
using AuthServer.Storage;
using AuthServer.Web.Management.Wire;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Actions;

/// <summary>
/// <c>modules</c> of an Action: sent, they are the whole list. Each names a module by its id or name, and a published
/// version of it by its id or number.
/// </summary>
internal static class ActionModulesBody
{
    private const int MaxModules = 3;

    private static readonly string[] Names =
        ["module_id", "module_name", "module_version_id", "module_version_number"];

    public static async Task<ValidationError?> ReadAsync(
        JsonBody body, ActionDefinition action, AuthDbContext db, CancellationToken ct)
    {
        if (!body.Root.TryGetProperty("modules", out var sent))
            return null;
        var modules = new List<ActionModuleReference>();
        if (sent.ValueKind != JsonValueKind.Null && await ReadAsync(sent, modules, db, ct) is { } error)
            return error.Under("modules");
        action.Modules = modules;
        return null;
    }

    private static async Task<ValidationError?> ReadAsync(
        JsonElement sent, List<ActionModuleReference> modules, AuthDbContext db, CancellationToken ct)
    {
        if (JsonValidators.Objects(sent) is { } mistyped)
            return mistyped;
        if (sent.GetArrayLength() > MaxModules)
            return $"Array has more than {MaxModules} items";
        foreach (var one in sent.EnumerateArray())
        {
            var names = one.EnumerateObject().Select(member => member.Name);
            if (names.FirstOrDefault(name => !Names.Contains(name, StringComparer.Ordinal)) is { } unknown)
                return ValidationError.Unknown(unknown);
            if (await FindAsync(one, db, ct) is not { } found)
                return "There is no such version of a module";
            if (modules.Exists(module => module.ModuleId == found.ModuleId))
                return $"The module {found.Name} is named twice";
            modules.Add(found);
        }

        return null;
    }

    /// <summary>Every member that was sent has to be right.</summary>
    private static async Task<ActionModuleReference?> FindAsync(
        JsonElement sent, AuthDbContext db, CancellationToken ct)
    {
        var moduleId = IdOf(sent, "module_id");
        var versionId = IdOf(sent, "module_version_id");
        var name = sent.TryGetProperty("module_name", out _) ? JsonText.Of(sent, "module_name") ?? "" : null;
        int? number = sent.TryGetProperty("module_version_number", out var value)
            ? value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var whole) ? whole : 0
            : null;
        var isNamed = (moduleId is not null || name is not null || versionId is not null)
            && (versionId is not null || number is not null);
        return isNamed
            ? await db.ActionModuleVersions
                .Join(db.ActionModules, v => v.ModuleId, m => m.Id, (version, module) => new { version, module })
                .Where(pair => moduleId == null || pair.module.Id == moduleId)
                .Where(pair => name == null || pair.module.Name == name)
                .Where(pair => versionId == null || pair.version.Id == versionId)
                .Where(pair => number == null || pair.version.Number == number)
                .Select(pair => new ActionModuleReference(
                    pair.module.Id, pair.module.Name, pair.version.Id, pair.version.Number))
                .SingleOrDefaultAsync(ct)
            : null;
    }

    /// <returns>Null when it was not sent; an id that nothing has when it can't be read.</returns>
    private static Guid? IdOf(JsonElement sent, string name) =>
        !sent.TryGetProperty(name, out var value) ? null
        : value.ValueKind == JsonValueKind.String && Guid.TryParse(value.GetString(), out var id) ? id
        : Guid.Empty;
}
