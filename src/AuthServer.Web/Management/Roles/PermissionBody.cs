using System.Text.Json.Nodes;
using AuthServer.Core.Model;
using AuthServer.Core.Tenants;
using AuthServer.Storage;
using AuthServer.Web.Management.ResourceServers;
using AuthServer.Web.Management.Wire;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Roles;

/// <summary>A permission as it is stored.</summary>
internal sealed record Permission(string Audience, string Name);

/// <summary>
/// Reads <c>{"permissions":[{"resource_server_identifier","permission_name"}]}</c>, and writes a permission.
/// </summary>
internal static class PermissionBody
{
    private static readonly ResourceSchema<Draft> Item = new ResourceSchema<Draft>()
        .Text("resource_server_identifier", d => d.Audience, (d, v) => d.Audience = v, JsonValidators.TextUpTo(600))
        .Text("permission_name", d => d.Name, (d, v) => d.Name = v, JsonValidators.TextUpTo(280));

    /// <exception cref="ManagementException">The body is malformed.</exception>
    public static IReadOnlyList<Permission> Read(JsonBody body, Issuer issuer)
    {
        var permissions = new List<Permission>();
        foreach (var element in body.OnlyList("permissions").EnumerateArray())
        {
            var draft = new Draft();
            var error = JsonValidators.Object(element) is { } mistyped
                ? new ValidationError(mistyped)
                : Item.Apply(element, draft, Change.Create) ?? draft.CheckComplete();
            ManagementException.ThrowIfInvalid(error?.Under("permissions"));
            permissions.Add(new Permission(issuer.Stored(draft.Audience), draft.Name));
        }

        return [.. permissions.Distinct()];
    }

    /// <exception cref="ManagementException">An API or one of its scopes does not exist.</exception>
    public static async Task EnsureDefinedAsync(
        IReadOnlyList<Permission> permissions, AuthDbContext db, CancellationToken ct)
    {
        foreach (var ofApi in permissions.GroupBy(permission => permission.Audience, StringComparer.Ordinal))
        {
            var api = await db.ResourceServers.AsNoTracking().SingleOrDefaultAsync(a => a.Name == ofApi.Key, ct)
                ?? throw ResourceServerService.Missing;
            if (ofApi.FirstOrDefault(permission => !api.Defines(permission.Name)) is { } unknown)
            {
                throw ManagementError
                    .NotFound($"The API does not define the permission {unknown.Name}").AsException();
            }
        }
    }

    public static async Task<IEnumerable<JsonNode>> WriteAsync(
        IReadOnlyList<Permission> permissions, AuthDbContext db, Issuer issuer, CancellationToken ct)
    {
        var audiences = permissions.Select(permission => permission.Audience)
            .Distinct(StringComparer.Ordinal).ToList();
        var apis = await db.ResourceServers.AsNoTracking().Where(a => audiences.Contains(a.Name!))
            .ToDictionaryAsync(a => a.Identifier, StringComparer.Ordinal, ct);
        return permissions.Select(
            permission => Write(permission, apis.GetValueOrDefault(permission.Audience), issuer));
    }

    private static JsonObject Write(Permission permission, ResourceServer? api, Issuer issuer) => new()
    {
        ["permission_name"] = permission.Name,
        ["description"] = api?.Scopes.FirstOrDefault(scope => scope.Value == permission.Name)?.Description,
        ["resource_server_name"] = api?.DisplayName,
        ["resource_server_identifier"] = issuer.Absolute(permission.Audience),
    };

    private sealed class Draft
    {
        public string Audience { get; set; } = "";
        public string Name { get; set; } = "";

        public ValidationError? CheckComplete() =>
            Audience.Length == 0 ? ValidationError.Missing("resource_server_identifier")
            : Name.Length == 0 ? ValidationError.Missing("permission_name")
            : null;
    }
}
