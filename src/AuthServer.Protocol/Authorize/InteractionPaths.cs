using AuthServer.Core.Authorize;

namespace AuthServer.Protocol.Authorize;

/// <summary>The pages of the interactions.</summary>
public static class InteractionPaths
{
    public static string Of(Interaction interaction) => interaction switch
    {
        Interaction.Signup => "/u/signup",
        Interaction.ResetPassword => "/u/reset-password/request",
        Interaction.Consent => "/u/consent",
        Interaction.Provider => "/u/login/provider",
        Interaction.Organization => "/u/organization",
        Interaction.Invitation => "/u/invitation",
        _ => "/u/login",
    };
}
