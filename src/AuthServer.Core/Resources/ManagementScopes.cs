using System.Collections.Immutable;

namespace AuthServer.Core.Resources;

/// <summary>The scopes of the Management API, as Auth0's own system API lists them.</summary>
public static class ManagementScopes
{
    /// <summary>What shows a secret, or a link that is one.</summary>
    private static readonly string[] Revealing = ["read:client_keys", "read:organization_invitations"];

    public static ImmutableArray<string> All { get; } =
    [
        "read:client_grants", "create:client_grants", "delete:client_grants", "update:client_grants", "read:users",
        "update:users", "delete:users", "create:users", "read:users_app_metadata", "update:users_app_metadata",
        "delete:users_app_metadata", "create:users_app_metadata", "read:user_custom_blocks",
        "create:user_custom_blocks", "delete:user_custom_blocks", "create:user_tickets", "read:clients",
        "update:clients", "delete:clients", "create:clients", "read:client_keys", "update:client_keys",
        "delete:client_keys", "create:client_keys", "read:client_credentials", "update:client_credentials",
        "delete:client_credentials", "create:client_credentials", "read:connections", "update:connections",
        "delete:connections", "create:connections", "read:resource_servers", "update:resource_servers",
        "delete:resource_servers", "create:resource_servers", "read:device_credentials", "update:device_credentials",
        "delete:device_credentials", "create:device_credentials", "read:rules", "update:rules", "delete:rules",
        "create:rules", "read:rules_configs", "update:rules_configs", "delete:rules_configs", "read:hooks",
        "update:hooks", "delete:hooks", "create:hooks", "read:actions", "update:actions", "delete:actions",
        "create:actions", "read:email_provider", "update:email_provider", "delete:email_provider",
        "create:email_provider", "blacklist:tokens", "read:stats", "read:insights", "read:tenant_settings",
        "update:tenant_settings", "read:logs", "read:logs_users", "read:shields", "create:shields", "update:shields",
        "delete:shields", "read:anomaly_blocks", "delete:anomaly_blocks", "update:triggers", "read:triggers",
        "read:grants", "delete:grants", "read:guardian_factors", "update:guardian_factors", "read:guardian_enrollments",
        "delete:guardian_enrollments", "create:guardian_enrollment_tickets", "read:user_idp_tokens",
        "create:passwords_checking_job", "delete:passwords_checking_job", "read:custom_domains",
        "delete:custom_domains", "create:custom_domains", "update:custom_domains", "read:email_templates",
        "create:email_templates", "update:email_templates", "read:mfa_policies", "update:mfa_policies", "read:roles",
        "create:roles", "delete:roles", "update:roles", "read:prompts", "update:prompts", "read:branding",
        "update:branding", "delete:branding", "read:log_streams", "create:log_streams", "delete:log_streams",
        "update:log_streams", "create:signing_keys", "read:signing_keys", "update:signing_keys", "read:limits",
        "update:limits", "create:role_members", "read:role_members", "delete:role_members", "read:entitlements",
        "read:attack_protection", "update:attack_protection", "read:organizations_summary",
        "create:authentication_methods", "read:authentication_methods", "update:authentication_methods",
        "delete:authentication_methods", "read:organizations", "update:organizations", "create:organizations",
        "delete:organizations", "read:organization_discovery_domains", "update:organization_discovery_domains",
        "create:organization_discovery_domains", "delete:organization_discovery_domains", "create:organization_members",
        "read:organization_members", "delete:organization_members", "create:organization_connections",
        "read:organization_connections", "update:organization_connections", "delete:organization_connections",
        "create:organization_member_roles", "read:organization_member_roles", "delete:organization_member_roles",
        "create:organization_invitations", "read:organization_invitations", "delete:organization_invitations",
        "read:scim_config", "create:scim_config", "update:scim_config", "delete:scim_config", "create:scim_token",
        "read:scim_token", "delete:scim_token", "read:directory_provisionings", "create:directory_provisionings",
        "update:directory_provisionings", "delete:directory_provisionings", "delete:phone_providers",
        "create:phone_providers", "read:phone_providers", "update:phone_providers", "delete:phone_templates",
        "create:phone_templates", "read:phone_templates", "update:phone_templates", "create:encryption_keys",
        "read:encryption_keys", "update:encryption_keys", "delete:encryption_keys", "read:sessions", "update:sessions",
        "delete:sessions", "read:refresh_tokens", "update:refresh_tokens", "delete:refresh_tokens",
        "create:self_service_profiles", "read:self_service_profiles", "update:self_service_profiles",
        "delete:self_service_profiles", "create:sso_access_tickets", "delete:sso_access_tickets", "read:forms",
        "update:forms", "delete:forms", "create:forms", "read:flows", "update:flows", "delete:flows", "create:flows",
        "read:flows_vault", "read:flows_vault_connections", "update:flows_vault_connections",
        "delete:flows_vault_connections", "create:flows_vault_connections", "read:flows_executions",
        "delete:flows_executions", "read:connections_options", "update:connections_options",
        "read:self_service_profile_custom_texts", "update:self_service_profile_custom_texts", "create:network_acls",
        "update:network_acls", "read:network_acls", "delete:network_acls", "delete:vdcs_templates",
        "read:vdcs_templates", "create:vdcs_templates", "update:vdcs_templates", "create:custom_signing_keys",
        "read:custom_signing_keys", "update:custom_signing_keys", "delete:custom_signing_keys",
        "read:federated_connections_tokens", "delete:federated_connections_tokens", "create:user_attribute_profiles",
        "read:user_attribute_profiles", "update:user_attribute_profiles", "delete:user_attribute_profiles",
        "read:event_streams", "create:event_streams", "delete:event_streams", "update:event_streams",
        "read:event_deliveries", "update:event_deliveries", "create:connection_profiles", "read:connection_profiles",
        "update:connection_profiles", "delete:connection_profiles", "create:group_roles", "delete:group_roles",
        "read:user_effective_permissions", "read:user_effective_roles", "read:organization_member_effective_roles",
        "read:user_role_source_groups", "read:organization_member_role_source_groups",
        "read:user_permission_source_roles", "read:group_roles", "read:organization_groups",
        "create:organization_groups", "delete:organization_groups", "read:organization_group_roles",
        "create:organization_group_roles", "delete:organization_group_roles", "create:token_exchange_profiles",
        "read:token_exchange_profiles", "update:token_exchange_profiles", "delete:token_exchange_profiles",
        "read:organization_client_grants", "create:organization_client_grants", "delete:organization_client_grants",
        "read:organization_clients", "create:organization_clients", "update:organization_clients",
        "delete:organization_clients", "read:events", "create:rate_limit_policies", "read:rate_limit_policies",
        "update:rate_limit_policies", "delete:rate_limit_policies", "create:portals", "read:portals", "update:portals",
        "delete:portals", "create:network_acl_keys", "update:network_acl_keys", "read:network_acl_keys",
        "delete:network_acl_keys", "read:security_metrics", "read:connections_keys", "update:connections_keys",
        "create:connections_keys", "create:groups", "read:groups", "update:groups", "delete:groups",
        "read:group_members",
    ];

    /// <summary>Reads everything but secrets, and writes nothing.</summary>
    public static ImmutableArray<string> WithoutSecrets { get; } =
        [.. All
            .Where(scope => scope.StartsWith("read:", StringComparison.Ordinal))
            .Except(Revealing, StringComparer.Ordinal)];
}
