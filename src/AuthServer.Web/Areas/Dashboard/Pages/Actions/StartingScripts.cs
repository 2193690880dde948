using AuthServer.Core.Actions;

namespace AuthServer.Web.Areas.Dashboard.Pages.Actions;

/// <summary>The code that an Action begins with.</summary>
internal static class StartingScripts
{
    private static readonly Dictionary<string, string> Comments = new(StringComparer.Ordinal)
    {
        [ActionTriggers.PostLogin.Id] = """
             * Runs when a user signs in, before tokens are issued.
             *
             * @param event - the user, the application, the organization and the request
             * @param api - denies access, sets claims and scopes, writes metadata
            """,
        [ActionTriggers.CredentialsExchange.Id] = """
             * Runs before an application gets an access token of its own.
             *
             * @param event - the application, the API and the request
             * @param api - denies access, sets claims
            """,
        [ActionTriggers.PreUserRegistration.Id] = """
             * Runs before a new user is stored.
             *
             * @param event - the user to be, the connection and the request
             * @param api - denies the registration, writes metadata
            """,
        [ActionTriggers.PostUserRegistration.Id] = """
             * Runs after a new user was stored.
             *
             * @param event - the user, the connection and the request
             * @param api - the cache
            """,
        [ActionTriggers.PostChangePassword.Id] = """
             * Runs after a user's password was changed.
             *
             * @param event - the user, the connection and the request
             * @param api - the cache
            """,
    };

    /// <returns>Null for a trigger that does not exist.</returns>
    public static string? For(string? triggerId) => ActionTriggers.Find(triggerId) is { } trigger
        ? $$"""
            /**
            {{Comments[trigger.Id]}}
             */
            exports.{{trigger.Handler}} = async (event, api) => {
            };

            """.ReplaceLineEndings("\n")
        : null;
}
