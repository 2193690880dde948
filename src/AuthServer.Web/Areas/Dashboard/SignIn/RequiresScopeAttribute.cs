using System.Reflection;
using AuthServer.Web.Management;
using Microsoft.AspNetCore.Authorization;

namespace AuthServer.Web.Areas.Dashboard.SignIn;

/// <summary>
/// The scopes of the Management API of which a page's user needs one: one of each attribute, also of those of base
/// classes.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
internal sealed class RequiresScopeAttribute(params string[] anyOf)
    : Attribute, IAuthorizationRequirement, IAuthorizationRequirementData
{
    public IReadOnlyList<string> AnyOf => anyOf;

    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [this];
}

internal static class PagePermissions
{
    extension(ManagementPrincipal principal)
    {
        /// <summary>Whether the user may open a page, by its attributes.</summary>
        public bool MayOpen(Type page) =>
            page.GetCustomAttributes<RequiresScopeAttribute>().All(required => principal.HasAny(required.AnyOf));
    }
}

/// <summary>A user without any permission of the Management API does not enter at all.</summary>
internal sealed class IsAdministrator : IAuthorizationRequirement;

/// <summary>Compares what a page requires with what the administrator of this request may do.</summary>
internal sealed class PermissionHandler(IHttpContextAccessor accessor) : IAuthorizationHandler
{
    public Task HandleAsync(AuthorizationHandlerContext context)
    {
        if (accessor.HttpContext?.Features.Get<Administrator>() is not { Principal: var principal })
            return Task.CompletedTask;
        foreach (var requirement in context.PendingRequirements.ToList())
        {
            var isMet = requirement switch
            {
                IsAdministrator => principal.Scopes.Any(),
                RequiresScopeAttribute { AnyOf: var anyOf } => principal.HasAny(anyOf),
                _ => false,
            };
            if (isMet)
                context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }
}
