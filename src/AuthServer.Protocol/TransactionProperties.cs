using System.Runtime.CompilerServices;
using AuthServer.Core;
using AuthServer.Core.Dpop;
using AuthServer.Core.Jwt;
using AuthServer.Core.Logout;
using AuthServer.Core.Model;
using AuthServer.Core.Tenants;
using AuthServer.Protocol.Issuance;
using Microsoft.AspNetCore;
using Microsoft.Extensions.DependencyInjection;
using OpenIddict.Server;

namespace AuthServer.Protocol;

/// <summary>
/// The values that event handlers of this server pass to each other within one request; those of the authorization
/// endpoint are in <see cref="AuthorizationProperties"/>.
/// </summary>
internal static class TransactionProperties
{
    extension(OpenIddictServerTransaction transaction)
    {
        /// <summary>A service of the request's scope, made only where it is needed.</summary>
        public T ServiceOf<T>()
            where T : notnull =>
            transaction.GetHttpRequest()!.HttpContext.RequestServices.GetRequiredService<T>();

        /// <summary>The tenant that the request is for.</summary>
        public Tenant Tenant
        {
            get => Get<Tenant>(transaction)!;
            set => Set(transaction, value);
        }

        /// <summary>The request's parameters, each once; an empty one is absent.</summary>
        public RequestParameters Parameters
        {
            get => Get<RequestParameters>(transaction) ?? RequestParameters.None;
            set => Set(transaction, value);
        }

        /// <summary>The client that is authenticated, or that an authorization request names.</summary>
        public Client? Client
        {
            get => Get<Client>(transaction);
            set => Set(transaction, value);
        }

        /// <summary>
        /// The client_id that a client claims by its credentials, for the count of failures; there need not be such a
        /// client.
        /// </summary>
        public string? ClaimedClientId
        {
            get => Get<string>(transaction);
            set => Set(transaction, value);
        }

        /// <summary>The client's assertion, not verified; null without one, or when it is not a JWT.</summary>
        public UnverifiedJwt? ClientAssertion
        {
            get => Get<UnverifiedJwt>(transaction);
            set => Set(transaction, value);
        }

        /// <summary>
        /// The secret of HTTP Basic as it was sent, before its form encoding is undone; null without Basic.
        /// </summary>
        public string? RawClientSecret
        {
            get => Get<string>(transaction);
            set => Set(transaction, value);
        }

        /// <summary>The proof of the DPoP header; null without one.</summary>
        public DpopProof? DpopProof
        {
            get => Get<DpopProof>(transaction);
            set => Set(transaction, value);
        }

        /// <summary>The code, refresh token or opaque access token that was presented.</summary>
        public Token? PresentedToken
        {
            get => Get<Token>(transaction);
            set => Set(transaction, value);
        }

        /// <summary>The access token of a request to <c>/userinfo</c>, with the proof that came along.</summary>
        public PresentedToken? SentAccessToken
        {
            get => Get<PresentedToken>(transaction);
            set => Set(transaction, value);
        }

        /// <summary>
        /// The live authorization of a token that is presented at a resource, introspected or revoked; null for a
        /// client's own.
        /// </summary>
        public Authorization? LiveAuthorization
        {
            get => Get<Authorization>(transaction);
            set => Set(transaction, value);
        }

        /// <summary>The code belongs to the client, whose further mistakes count as failed attempts at it.</summary>
        public bool IsCodeAttempt
        {
            get => Get<object>(transaction) is not null;
            set => Set(transaction, value ? true : null);
        }

        /// <summary>Tokens to issue; null until the rules of the grant have passed.</summary>
        public TokenIssuance? Issuance
        {
            get => Get<TokenIssuance>(transaction);
            set => Set(transaction, value);
        }

        /// <summary>The rows of what is issued; committed together after signing and before the response.</summary>
        public List<Token> NewTokens
        {
            get
            {
                if (Get<List<Token>>(transaction) is null)
                    Set(transaction, new List<Token>());
                return Get<List<Token>>(transaction)!;
            }
        }

        /// <summary>The logout request, once it is validated.</summary>
        public ValidLogoutRequest? LogoutRequest
        {
            get => Get<ValidLogoutRequest>(transaction);
            set => Set(transaction, value);
        }

        /// <summary>The error of this server's own rules, with its detail for the log.</summary>
        public OAuthError? Error
        {
            get => Get<OAuthError>(transaction);
            set => Set(transaction, value);
        }
    }

    internal static T? Get<T>(OpenIddictServerTransaction transaction, [CallerMemberName] string name = "")
        where T : class => transaction.Properties.TryGetValue(name, out var value) ? value as T : null;

    internal static void Set(
        OpenIddictServerTransaction transaction, object? value, [CallerMemberName] string name = "")
    {
        if (value is null)
            transaction.Properties.Remove(name);
        else
            transaction.Properties[name] = value;
    }
}
