using System.Text.Json;
using System.Text.Json.Nodes;
using AuthServer.Core.Resources;
using AuthServer.Core.Tenants;
using AuthServer.Storage;
using AuthServer.Web.Management.ResourceServers;
using AuthServer.Web.Management.Wire;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Roles;

/// <summary>A permission as it is stored.</summary>
internal sealed record Permission(string Audience, string Name);

/// <summary>
/// Reads <c>{"permissions":[{"resource_server_identifier","permission_name"}]}</c> and <c>{"roles":[...]}</c>, and
/// writes a permission.
/// </summary>
internal static class PermissionBody
{
    private static readonly ResourceSchema<Draft> Item = new ResourceSchema<Draft>()
        .Text("resource_server_identifier", d => d.Audience, (d, v) => d.Audience = v, JsonValidators.TextUpTo(600))
        .Text("permission_name", d => d.Name, (d, v) => d.Name = v, JsonValidators.TextUpTo(280));

    /// <exception cref="BadManagementRequestException">The body is malformed.</exception>
    public static IReadOnlyList<Permission> Read(JsonBody body, Issuer issuer)
    {
        var permissions = new List<Permission>();
        foreach (var element in List(body, "permissions").EnumerateArray())
        {
            var draft = new Draft();
            if ((
                    JsonValidators.Object(element) is { } mistyped
                        ? new ValidationError(mistyped)
                        : Item.Apply(element, draft, Change.Create)) is
                { } problem)
                throw Bad(problem.Under("permissions"));
            if (draft.Audience.Length == 0 || draft.Name.Length == 0)
                throw Bad(
                    ValidationError
                        .Missing(draft.Audience.Length == 0 ? "resource_server_identifier" : "permission_name")
                        .Under("permissions"));
            permissions.Add(new Permission(issuer.Stored(draft.Audience), draft.Name));
        }

        return [.. permissions.Distinct()];
    }

    /// <exception cref="BadManagementRequestException">The body is malformed.</exception>
    public static IReadOnlyList<string> ReadTexts(JsonBody body, string name)
    {
        var list = List(body, name);
        return JsonValidators.Texts(list) is { } mistyped
            ? throw Bad(new ValidationError(mistyped, name))
            : [.. list.EnumerateArray().Select(text => text.GetString()!).Distinct(StringComparer.Ordinal)];
    }

    /// <returns>The refusal, when an API or one of its scopes does not exist.</returns>
    public static async Task<ManagementError?> RefuseUnknownAsync(
        IReadOnlyList<Permission> permissions, AuthDbContext db, CancellationToken ct)
    {
        foreach (var ofApi in permissions.GroupBy(permission => permission.Audience, StringComparer.Ordinal))
        {
            var apis = db.ResourceServers.AsNoTracking();
            if (await apis.SingleOrDefaultAsync(a => a.Name == ofApi.Key, ct) is not { } api)
                return ResourceServerEndpoints.Missing;
            if (ofApi.FirstOrDefault(permission => !api.Defines(permission.Name)) is { } unknown)
                return ManagementError.NotFound($"The API does not define the permission {unknown.Name}");
        }

        return null;
    }

    public static async Task<IEnumerable<JsonNode>> WriteAsync(
        IReadOnlyList<Permission> permissions, AuthDbContext db, Issuer issuer, CancellationToken ct)
    {
        var audiences = permissions.Select(permission => permission.Audience).Distinct(StringComparer.Ordinal).ToList();
        var apis = await db.ResourceServers.AsNoTracking().Where(a => audiences.Contains(a.Name!)).ToDictionaryAsync(
            a => a.Identifier, StringComparer.Ordinal, ct);
        return permissions.Select(permission => Write(permission, apis.GetValueOrDefault(permission.Audience), issuer));
    }

    private static JsonObject Write(Permission permission, ResourceServer? api, Issuer issuer) => new()
    {
        ["permission_name"] = permission.Name,
        ["description"] = api?.Scopes.FirstOrDefault(scope => scope.Value == permission.Name)?.Description,
        ["resource_server_name"] = api?.DisplayName,
        ["resource_server_identifier"] = issuer.Absolute(permission.Audience),
    };

    private static JsonElement List(JsonBody body, string name)
    {
        if (body.Members.Select(member => member.Name).FirstOrDefault(member => member != name) is { } other)
            throw Bad(ValidationError.Unknown(other));
        if (!body.Root.TryGetProperty(name, out var list))
            throw Bad(ValidationError.Missing(name));
        if (JsonValidators.Array(list) is { } mistyped)
            throw Bad(new ValidationError(mistyped, name));
        return list.GetArrayLength() > 0 ? list : throw Bad(new ValidationError("Too few items (0), minimum 1", name));
    }

    private static BadManagementRequestException Bad(ValidationError problem) =>
        new(ManagementError.InvalidBody(problem));

    private sealed class Draft
    {
        public string Audience { get; set; } = "";
        public string Name { get; set; } = "";
    }
}
