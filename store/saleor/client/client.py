from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Optional, Union

from .base_client import BaseClient
from .base_model import UNSET

if TYPE_CHECKING:
    from .account_address_create import AccountAddressCreate
    from .account_address_delete import AccountAddressDelete
    from .account_address_update import AccountAddressUpdate
    from .account_addresses import AccountAddresses
    from .account_delete import AccountDelete
    from .account_export import AccountExport
    from .account_page import AccountPage
    from .account_register import AccountRegister
    from .account_request_deletion import AccountRequestDeletion
    from .account_set_default_address import AccountSetDefaultAddress
    from .account_update import AccountUpdate
    from .acknowledge_insert import AcknowledgeInsert
    from .address_validation_rules import AddressValidationRules
    from .app_by_token import AppByToken
    from .app_create import AppCreate
    from .app_delete import AppDelete
    from .app_token_create import AppTokenCreate
    from .app_update import AppUpdate
    from .apps_by_name import AppsByName
    from .attribute_create import AttributeCreate
    from .attribute_keys import AttributeKeys
    from .attribute_translate import AttributeTranslate
    from .attribute_update import AttributeUpdate
    from .attribute_value_translate import AttributeValueTranslate
    from .base_model import UnsetType
    from .cart_page import CartPage
    from .catalog_index import CatalogIndex
    from .category_create import CategoryCreate
    from .category_keys import CategoryKeys
    from .category_tiles import CategoryTiles
    from .category_translate import CategoryTranslate
    from .category_update import CategoryUpdate
    from .changed_orders import ChangedOrders
    from .channel_create import ChannelCreate
    from .channel_keys import ChannelKeys
    from .channel_update import ChannelUpdate
    from .channels import Channels
    from .checkout_add_promo_code import CheckoutAddPromoCode
    from .checkout_complete import CheckoutComplete
    from .checkout_contact_page import CheckoutContactPage
    from .checkout_contact_update import CheckoutContactUpdate
    from .checkout_create import CheckoutCreate
    from .checkout_create_from_order import CheckoutCreateFromOrder
    from .checkout_customer_attach import CheckoutCustomerAttach
    from .checkout_delivery_method_update import CheckoutDeliveryMethodUpdate
    from .checkout_language_code_update import CheckoutLanguageCodeUpdate
    from .checkout_lines_add import CheckoutLinesAdd
    from .checkout_lines_delete import CheckoutLinesDelete
    from .checkout_lines_update import CheckoutLinesUpdate
    from .checkout_page import CheckoutPage
    from .checkout_remove_promo_code import CheckoutRemovePromoCode
    from .checkout_transactions import CheckoutTransactions
    from .collection_channel_listing_update import CollectionChannelListingUpdate
    from .collection_create import CollectionCreate
    from .collection_keys import CollectionKeys
    from .collection_translate import CollectionTranslate
    from .collection_update import CollectionUpdate
    from .confirm_account import ConfirmAccount
    from .confirm_email_change import ConfirmEmailChange
    from .delivery_options_calculate import DeliveryOptionsCalculate
    from .delivery_prices import DeliveryPrices
    from .destination_countries import DestinationCountries
    from .enums import AddressTypeEnum, CountryCode, LanguageCodeEnum
    from .first_picture import FirstPicture
    from .footer_menu import FooterMenu
    from .gift_card_for_mail import GiftCardForMail
    from .home_page import HomePage
    from .input_types import (
        AccountInput,
        AccountRegisterInput,
        AddressInput,
        AppInput,
        AppTokenInput,
        AttributeCreateInput,
        AttributeUpdateInput,
        AttributeValueTranslationInput,
        CategoryInput,
        ChannelCreateInput,
        ChannelUpdateInput,
        CheckoutLineUpdateInput,
        CollectionChannelListingUpdateInput,
        CollectionCreateInput,
        CollectionInput,
        MenuCreateInput,
        MenuItemCreateInput,
        MetadataInput,
        NameTranslationInput,
        PageCreateInput,
        PageInput,
        PageTranslationInput,
        PageTypeCreateInput,
        ProductAttributeAssignInput,
        ProductChannelListingUpdateInput,
        ProductCreateInput,
        ProductInput,
        ProductMediaCreateInput,
        ProductTypeInput,
        ProductVariantChannelListingAddInput,
        ProductVariantCreateInput,
        ProductVariantInput,
        ShippingMethodChannelListingInput,
        ShippingPriceInput,
        ShippingPriceTranslationInput,
        ShippingZoneCreateInput,
        ShippingZoneUpdateInput,
        ShopSettingsInput,
        StockInput,
        TaxClassCreateInput,
        TaxClassUpdateInput,
        TaxConfigurationUpdateInput,
        TranslationInput,
        WarehouseCreateInput,
        WarehouseUpdateInput,
        WebhookCreateInput,
        WebhookUpdateInput,
    )
    from .menu_create import MenuCreate
    from .menu_item_create import MenuItemCreate
    from .menu_item_translate import MenuItemTranslate
    from .menu_keys import MenuKeys
    from .metadata_update import MetadataUpdate
    from .order_by_number import OrderByNumber
    from .order_for_mail import OrderForMail
    from .order_note_add import OrderNoteAdd
    from .order_page import OrderPage
    from .order_refunds import OrderRefunds
    from .order_return import OrderReturn
    from .orders_for_mail import OrdersForMail
    from .page_create import PageCreate
    from .page_keys import PageKeys
    from .page_translate import PageTranslate
    from .page_type_create import PageTypeCreate
    from .page_type_keys import PageTypeKeys
    from .page_update import PageUpdate
    from .password_change import PasswordChange
    from .payment_apps import PaymentApps
    from .payment_gateway_initialize import PaymentGatewayInitialize
    from .payment_gateways import PaymentGateways
    from .private_metadata_update import PrivateMetadataUpdate
    from .product_attribute_assign import ProductAttributeAssign
    from .product_channel_listing_update import ProductChannelListingUpdate
    from .product_create import ProductCreate
    from .product_feed import ProductFeed
    from .product_keys import ProductKeys
    from .product_list import ProductList
    from .product_media_create import ProductMediaCreate
    from .product_media_delete import ProductMediaDelete
    from .product_media_reorder import ProductMediaReorder
    from .product_media_update import ProductMediaUpdate
    from .product_page import ProductPage
    from .product_page_variants import ProductPageVariants
    from .product_slugs import ProductSlugs
    from .product_translate import ProductTranslate
    from .product_type_create import ProductTypeCreate
    from .product_type_keys import ProductTypeKeys
    from .product_type_update import ProductTypeUpdate
    from .product_update import ProductUpdate
    from .product_variant_channel_listing_update import (
        ProductVariantChannelListingUpdate,
    )
    from .product_variant_create import ProductVariantCreate
    from .product_variant_stocks_update import ProductVariantStocksUpdate
    from .product_variant_translate import ProductVariantTranslate
    from .product_variant_update import ProductVariantUpdate
    from .products_for_sale import ProductsForSale
    from .products_with_page import ProductsWithPage
    from .recall_orders import RecallOrders
    from .request_email_change import RequestEmailChange
    from .request_password_reset import RequestPasswordReset
    from .search_index import SearchIndex
    from .set_password import SetPassword
    from .shipping_method_channel_listing_update import (
        ShippingMethodChannelListingUpdate,
    )
    from .shipping_price_create import ShippingPriceCreate
    from .shipping_price_translate import ShippingPriceTranslate
    from .shipping_price_update import ShippingPriceUpdate
    from .shipping_zone_create import ShippingZoneCreate
    from .shipping_zone_keys import ShippingZoneKeys
    from .shipping_zone_update import ShippingZoneUpdate
    from .shop_page import ShopPage
    from .shop_pages import ShopPages
    from .shop_private_metadata import ShopPrivateMetadata
    from .shop_settings_update import ShopSettingsUpdate
    from .shop_version import ShopVersion
    from .staff_token_create import StaffTokenCreate
    from .tax_class_create import TaxClassCreate
    from .tax_class_keys import TaxClassKeys
    from .tax_class_update import TaxClassUpdate
    from .tax_configuration_update import TaxConfigurationUpdate
    from .text_value_keys import TextValueKeys
    from .token_create import TokenCreate
    from .token_refresh import TokenRefresh
    from .tokens_deactivate_all import TokensDeactivateAll
    from .transaction_initialize import TransactionInitialize
    from .transaction_process import TransactionProcess
    from .variant_availability import VariantAvailability
    from .variant_media_assign import VariantMediaAssign
    from .warehouse_create import WarehouseCreate
    from .warehouse_keys import WarehouseKeys
    from .warehouse_update import WarehouseUpdate
    from .webhook_create import WebhookCreate
    from .webhook_delete import WebhookDelete
    from .webhook_update import WebhookUpdate


def gql(q: str) -> str:
    return q


class Client(BaseClient):
    def account_address_create(
        self, input: "AddressInput", **kwargs: Any
    ) -> "AccountAddressCreate":
        from .account_address_create import AccountAddressCreate

        query = gql("""
            mutation AccountAddressCreate($input: AddressInput!) {
              accountAddressCreate(input: $input) {
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"input": input}
        response = self.execute(
            query=query,
            operation_name="AccountAddressCreate",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return AccountAddressCreate.model_validate(data)

    def account_address_delete(self, id: str, **kwargs: Any) -> "AccountAddressDelete":
        from .account_address_delete import AccountAddressDelete

        query = gql("""
            mutation AccountAddressDelete($id: ID!) {
              accountAddressDelete(id: $id) {
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id}
        response = self.execute(
            query=query,
            operation_name="AccountAddressDelete",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return AccountAddressDelete.model_validate(data)

    def account_address_update(
        self, id: str, input: "AddressInput", **kwargs: Any
    ) -> "AccountAddressUpdate":
        from .account_address_update import AccountAddressUpdate

        query = gql("""
            mutation AccountAddressUpdate($id: ID!, $input: AddressInput!) {
              accountAddressUpdate(id: $id, input: $input) {
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id, "input": input}
        response = self.execute(
            query=query,
            operation_name="AccountAddressUpdate",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return AccountAddressUpdate.model_validate(data)

    def account_addresses(self, **kwargs: Any) -> "AccountAddresses":
        from .account_addresses import AccountAddresses

        query = gql("""
            query AccountAddresses {
              me {
                email
                firstName
                lastName
                languageCode
                addresses {
                  id
                  isDefaultShippingAddress
                  isDefaultBillingAddress
                  ...AddressBlock
                }
              }
            }

            fragment AddressBlock on Address {
              firstName
              lastName
              companyName
              streetAddress1
              streetAddress2
              city
              cityArea
              postalCode
              countryArea
              country {
                code
                country
              }
              phone
            }
            """)
        variables: dict[str, object] = {}
        response = self.execute(
            query=query,
            operation_name="AccountAddresses",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return AccountAddresses.model_validate(data)

    def account_delete(self, token: str, **kwargs: Any) -> "AccountDelete":
        from .account_delete import AccountDelete

        query = gql("""
            mutation AccountDelete($token: String!) {
              accountDelete(token: $token) {
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"token": token}
        response = self.execute(
            query=query, operation_name="AccountDelete", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return AccountDelete.model_validate(data)

    def account_export(
        self, after: Union[Optional[str], "UnsetType"] = UNSET, **kwargs: Any
    ) -> "AccountExport":
        from .account_export import AccountExport

        query = gql("""
            query AccountExport($after: String) {
              me {
                email
                firstName
                lastName
                languageCode
                isConfirmed
                dateJoined
                lastLogin
                addresses {
                  ...AddressBlock
                }
                orders(first: 50, after: $after) {
                  pageInfo {
                    hasNextPage
                    endCursor
                  }
                  edges {
                    node {
                      number
                      created
                      status
                      userEmail
                      voucherCode
                      total {
                        gross {
                          amount
                          currency
                        }
                      }
                      shippingAddress {
                        ...AddressBlock
                      }
                      billingAddress {
                        ...AddressBlock
                      }
                      lines {
                        productName
                        variantName
                        productSku
                        quantity
                        insert: metafield(key: "insert")
                        totalPrice {
                          gross {
                            amount
                            currency
                          }
                        }
                      }
                      fulfillments {
                        created
                        status
                        trackingNumber
                      }
                    }
                  }
                }
              }
            }

            fragment AddressBlock on Address {
              firstName
              lastName
              companyName
              streetAddress1
              streetAddress2
              city
              cityArea
              postalCode
              countryArea
              country {
                code
                country
              }
              phone
            }
            """)
        variables: dict[str, object] = {"after": after}
        response = self.execute(
            query=query, operation_name="AccountExport", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return AccountExport.model_validate(data)

    def account_page(
        self,
        first: int,
        after: Union[Optional[str], "UnsetType"] = UNSET,
        **kwargs: Any,
    ) -> "AccountPage":
        from .account_page import AccountPage

        query = gql("""
            query AccountPage($first: Int!, $after: String) {
              me {
                email
                firstName
                lastName
                languageCode
                isStaff
                orders(first: $first, after: $after) {
                  totalCount
                  pageInfo {
                    hasNextPage
                    endCursor
                  }
                  edges {
                    node {
                      id
                      number
                      created
                      ...OrderProgress
                      lines {
                        ...OrderLineProgress
                        productName
                        translatedProductName
                      }
                      fulfillments {
                        ...FulfillmentProgress
                      }
                    }
                  }
                }
              }
            }

            fragment FulfillmentProgress on Fulfillment {
              status
              created
              trackingNumber
              deliveredAt: metafield(key: "delivered_at")
              shippedAt: metafield(key: "shipped_at")
              carrier: metafield(key: "carrier")
              lines {
                quantity
                orderLine {
                  id
                }
              }
            }

            fragment OrderLineProgress on OrderLine {
              quantity
              quantityFulfilled
            }

            fragment OrderProgress on Order {
              status
              shippingPrice {
                ...TaxedAmounts
              }
              total {
                ...TaxedAmounts
              }
              totalAuthorized {
                amount
              }
              totalCharged {
                amount
              }
              totalRefunded {
                amount
              }
            }

            fragment TaxedAmounts on TaxedMoney {
              gross {
                amount
                currency
              }
              net {
                amount
                currency
              }
            }
            """)
        variables: dict[str, object] = {"first": first, "after": after}
        response = self.execute(
            query=query, operation_name="AccountPage", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return AccountPage.model_validate(data)

    def account_register(
        self, input: "AccountRegisterInput", **kwargs: Any
    ) -> "AccountRegister":
        from .account_register import AccountRegister

        query = gql("""
            mutation AccountRegister($input: AccountRegisterInput!) {
              accountRegister(input: $input) {
                requiresConfirmation
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"input": input}
        response = self.execute(
            query=query, operation_name="AccountRegister", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return AccountRegister.model_validate(data)

    def account_request_deletion(
        self, redirect_url: str, channel: str, **kwargs: Any
    ) -> "AccountRequestDeletion":
        from .account_request_deletion import AccountRequestDeletion

        query = gql("""
            mutation AccountRequestDeletion($redirectUrl: String!, $channel: String!) {
              accountRequestDeletion(redirectUrl: $redirectUrl, channel: $channel) {
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"redirectUrl": redirect_url, "channel": channel}
        response = self.execute(
            query=query,
            operation_name="AccountRequestDeletion",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return AccountRequestDeletion.model_validate(data)

    def account_set_default_address(
        self, id: str, type_: "AddressTypeEnum", **kwargs: Any
    ) -> "AccountSetDefaultAddress":
        from .account_set_default_address import AccountSetDefaultAddress

        query = gql("""
            mutation AccountSetDefaultAddress($id: ID!, $type: AddressTypeEnum!) {
              accountSetDefaultAddress(id: $id, type: $type) {
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id, "type": type_}
        response = self.execute(
            query=query,
            operation_name="AccountSetDefaultAddress",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return AccountSetDefaultAddress.model_validate(data)

    def account_update(self, input: "AccountInput", **kwargs: Any) -> "AccountUpdate":
        from .account_update import AccountUpdate

        query = gql("""
            mutation AccountUpdate($input: AccountInput!) {
              accountUpdate(input: $input) {
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"input": input}
        response = self.execute(
            query=query, operation_name="AccountUpdate", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return AccountUpdate.model_validate(data)

    def acknowledge_insert(
        self, id: str, input: list["MetadataInput"], **kwargs: Any
    ) -> "AcknowledgeInsert":
        from .acknowledge_insert import AcknowledgeInsert

        query = gql("""
            mutation AcknowledgeInsert($id: ID!, $input: [MetadataInput!]!) {
              updateMetadata(id: $id, input: $input) {
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id, "input": input}
        response = self.execute(
            query=query,
            operation_name="AcknowledgeInsert",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return AcknowledgeInsert.model_validate(data)

    def address_validation_rules(
        self, country: "CountryCode", **kwargs: Any
    ) -> "AddressValidationRules":
        from .address_validation_rules import AddressValidationRules

        query = gql("""
            query AddressValidationRules($country: CountryCode!) {
              addressValidationRules(countryCode: $country) {
                countryCode
                addressFormat
                allowedFields
                requiredFields
                countryAreaType
                countryAreaChoices {
                  raw
                  verbose
                }
                cityType
                postalCodeType
                postalCodeExamples
              }
            }
            """)
        variables: dict[str, object] = {"country": country}
        response = self.execute(
            query=query,
            operation_name="AddressValidationRules",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return AddressValidationRules.model_validate(data)

    def app_by_token(self, **kwargs: Any) -> "AppByToken":
        from .app_by_token import AppByToken

        query = gql("""
            query AppByToken {
              app {
                ...ConnectedApp
              }
            }

            fragment ConnectedApp on App {
              id
              name
              isActive
              permissions {
                code
              }
              webhooks {
                id
                name
                targetUrl
                isActive
                subscriptionQuery
                asyncEvents {
                  eventType
                }
              }
            }
            """)
        variables: dict[str, object] = {}
        response = self.execute(
            query=query, operation_name="AppByToken", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return AppByToken.model_validate(data)

    def app_create(self, input: "AppInput", **kwargs: Any) -> "AppCreate":
        from .app_create import AppCreate

        query = gql("""
            mutation AppCreate($input: AppInput!) {
              appCreate(input: $input) {
                app {
                  ...ConnectedApp
                }
                authToken
                errors {
                  field
                  code
                  message
                }
              }
            }

            fragment ConnectedApp on App {
              id
              name
              isActive
              permissions {
                code
              }
              webhooks {
                id
                name
                targetUrl
                isActive
                subscriptionQuery
                asyncEvents {
                  eventType
                }
              }
            }
            """)
        variables: dict[str, object] = {"input": input}
        response = self.execute(
            query=query, operation_name="AppCreate", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return AppCreate.model_validate(data)

    def app_delete(self, id: str, **kwargs: Any) -> "AppDelete":
        from .app_delete import AppDelete

        query = gql("""
            mutation AppDelete($id: ID!) {
              appDelete(id: $id) {
                errors {
                  field
                  code
                  message
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id}
        response = self.execute(
            query=query, operation_name="AppDelete", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return AppDelete.model_validate(data)

    def app_token_create(
        self, input: "AppTokenInput", **kwargs: Any
    ) -> "AppTokenCreate":
        from .app_token_create import AppTokenCreate

        query = gql("""
            mutation AppTokenCreate($input: AppTokenInput!) {
              appTokenCreate(input: $input) {
                authToken
                errors {
                  field
                  code
                  message
                }
              }
            }
            """)
        variables: dict[str, object] = {"input": input}
        response = self.execute(
            query=query, operation_name="AppTokenCreate", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return AppTokenCreate.model_validate(data)

    def app_update(self, id: str, input: "AppInput", **kwargs: Any) -> "AppUpdate":
        from .app_update import AppUpdate

        query = gql("""
            mutation AppUpdate($id: ID!, $input: AppInput!) {
              appUpdate(id: $id, input: $input) {
                app {
                  ...ConnectedApp
                }
                errors {
                  field
                  code
                  message
                }
              }
            }

            fragment ConnectedApp on App {
              id
              name
              isActive
              permissions {
                code
              }
              webhooks {
                id
                name
                targetUrl
                isActive
                subscriptionQuery
                asyncEvents {
                  eventType
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id, "input": input}
        response = self.execute(
            query=query, operation_name="AppUpdate", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return AppUpdate.model_validate(data)

    def apps_by_name(self, name: str, **kwargs: Any) -> "AppsByName":
        from .apps_by_name import AppsByName

        query = gql("""
            query AppsByName($name: String!) {
              apps(first: 20, filter: {search: $name}) {
                edges {
                  node {
                    ...ConnectedApp
                  }
                }
              }
            }

            fragment ConnectedApp on App {
              id
              name
              isActive
              permissions {
                code
              }
              webhooks {
                id
                name
                targetUrl
                isActive
                subscriptionQuery
                asyncEvents {
                  eventType
                }
              }
            }
            """)
        variables: dict[str, object] = {"name": name}
        response = self.execute(
            query=query, operation_name="AppsByName", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return AppsByName.model_validate(data)

    def attribute_create(
        self, input: "AttributeCreateInput", **kwargs: Any
    ) -> "AttributeCreate":
        from .attribute_create import AttributeCreate

        query = gql("""
            mutation AttributeCreate($input: AttributeCreateInput!) {
              attributeCreate(input: $input) {
                attribute {
                  id
                  slug
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"input": input}
        response = self.execute(
            query=query, operation_name="AttributeCreate", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return AttributeCreate.model_validate(data)

    def attribute_keys(
        self, after: Union[Optional[str], "UnsetType"] = UNSET, **kwargs: Any
    ) -> "AttributeKeys":
        from .attribute_keys import AttributeKeys

        query = gql("""
            query AttributeKeys($after: String) {
              attributes(first: 100, after: $after) {
                pageInfo {
                  hasNextPage
                  endCursor
                }
                edges {
                  node {
                    id
                    slug
                    de: translation(languageCode: DE) {
                      name
                    }
                    es: translation(languageCode: ES) {
                      name
                    }
                    choices(first: 100) {
                      edges {
                        node {
                          id
                          name
                          de: translation(languageCode: DE) {
                            name
                          }
                          es: translation(languageCode: ES) {
                            name
                          }
                        }
                      }
                    }
                  }
                }
              }
            }
            """)
        variables: dict[str, object] = {"after": after}
        response = self.execute(
            query=query, operation_name="AttributeKeys", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return AttributeKeys.model_validate(data)

    def attribute_translate(
        self,
        id: str,
        language_code: "LanguageCodeEnum",
        input: "NameTranslationInput",
        **kwargs: Any,
    ) -> "AttributeTranslate":
        from .attribute_translate import AttributeTranslate

        query = gql("""
            mutation AttributeTranslate($id: ID!, $languageCode: LanguageCodeEnum!, $input: NameTranslationInput!) {
              attributeTranslate(id: $id, languageCode: $languageCode, input: $input) {
                attribute {
                  id
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {
            "id": id,
            "languageCode": language_code,
            "input": input,
        }
        response = self.execute(
            query=query,
            operation_name="AttributeTranslate",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return AttributeTranslate.model_validate(data)

    def attribute_update(
        self, id: str, input: "AttributeUpdateInput", **kwargs: Any
    ) -> "AttributeUpdate":
        from .attribute_update import AttributeUpdate

        query = gql("""
            mutation AttributeUpdate($id: ID!, $input: AttributeUpdateInput!) {
              attributeUpdate(id: $id, input: $input) {
                attribute {
                  id
                  slug
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id, "input": input}
        response = self.execute(
            query=query, operation_name="AttributeUpdate", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return AttributeUpdate.model_validate(data)

    def attribute_value_translate(
        self,
        id: str,
        language_code: "LanguageCodeEnum",
        input: "AttributeValueTranslationInput",
        **kwargs: Any,
    ) -> "AttributeValueTranslate":
        from .attribute_value_translate import AttributeValueTranslate

        query = gql("""
            mutation AttributeValueTranslate($id: ID!, $languageCode: LanguageCodeEnum!, $input: AttributeValueTranslationInput!) {
              attributeValueTranslate(id: $id, languageCode: $languageCode, input: $input) {
                attributeValue {
                  id
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {
            "id": id,
            "languageCode": language_code,
            "input": input,
        }
        response = self.execute(
            query=query,
            operation_name="AttributeValueTranslate",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return AttributeValueTranslate.model_validate(data)

    def cart_page(
        self,
        id: str,
        channel: str,
        country: "CountryCode",
        language: "LanguageCodeEnum",
        **kwargs: Any,
    ) -> "CartPage":
        from .cart_page import CartPage

        query = gql("""
            query CartPage($id: ID!, $channel: String!, $country: CountryCode!, $language: LanguageCodeEnum!) {
              checkout(id: $id) {
                ...CheckoutLines
              }
              shop {
                availableShippingMethods(channel: $channel, address: {country: $country}) {
                  ...DeliveryOffer
                }
              }
            }

            fragment CheckoutLineMoney on CheckoutLine {
              id
              totalPrice {
                ...TaxedAmounts
              }
              undiscountedTotalPrice {
                amount
              }
            }

            fragment CheckoutLines on Checkout {
              id
              quantity
              stockReservationExpires
              languageCode
              givenBack: metafield(key: "payment-given-back")
              channel {
                slug
              }
              ...CheckoutMoney
              cards: giftCards {
                id
                last4CodeChars
              }
              lines {
                ...CheckoutLineMoney
                quantity
                variant {
                  id
                  sku
                  name
                  translation(languageCode: $language) {
                    name
                  }
                  quantityAvailable
                  quantityLimitPerCustomer
                  media {
                    url(size: 256, format: WEBP)
                    alt
                    type
                  }
                  product {
                    slug
                    name
                    translation(languageCode: $language) {
                      name
                    }
                    thumbnail(size: 256, format: WEBP) {
                      url
                      alt
                    }
                    insert: assignedAttribute(slug: "safety-insert") {
                      __typename
                      ... on AssignedSinglePageReferenceAttribute {
                        value {
                          slug
                        }
                      }
                    }
                  }
                }
              }
              problems {
                __typename
                ... on CheckoutLineProblemInsufficientStock {
                  availableQuantity
                  line {
                    id
                  }
                }
                ... on CheckoutLineProblemVariantNotAvailable {
                  line {
                    id
                  }
                }
              }
            }

            fragment CheckoutMoney on Checkout {
              displayGrossPrices
              isShippingRequired
              voucherCode
              discount {
                amount
              }
              giftCards {
                last4CodeChars
                currentBalance {
                  amount
                }
              }
              subtotalPrice {
                ...TaxedAmounts
              }
              shippingPrice {
                ...TaxedAmounts
              }
              totalPrice {
                ...TaxedAmounts
              }
              delivery {
                id
                shippingMethod {
                  name
                  translation(languageCode: $language) {
                    name
                  }
                  price {
                    amount
                  }
                }
              }
            }

            fragment DeliveryOffer on ShippingMethod {
              id
              name
              translation(languageCode: $language) {
                name
              }
              minimumDeliveryDays
              maximumDeliveryDays
              minimumOrderPrice {
                amount
                currency
              }
              maximumOrderPrice {
                amount
                currency
              }
              price {
                amount
                currency
              }
            }

            fragment TaxedAmounts on TaxedMoney {
              gross {
                amount
                currency
              }
              net {
                amount
                currency
              }
            }
            """)
        variables: dict[str, object] = {
            "id": id,
            "channel": channel,
            "country": country,
            "language": language,
        }
        response = self.execute(
            query=query, operation_name="CartPage", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return CartPage.model_validate(data)

    def catalog_index(
        self,
        channel: str,
        first: int,
        language: "LanguageCodeEnum",
        after: Union[Optional[str], "UnsetType"] = UNSET,
        **kwargs: Any,
    ) -> "CatalogIndex":
        from .catalog_index import CatalogIndex

        query = gql("""
            query CatalogIndex($channel: String!, $first: Int!, $after: String, $language: LanguageCodeEnum!) {
              products(
                channel: $channel
                first: $first
                after: $after
                sortBy: {field: NAME, direction: ASC}
              ) {
                pageInfo {
                  hasNextPage
                  endCursor
                }
                edges {
                  node {
                    ...IndexedProduct
                  }
                }
              }
            }

            fragment AssignedChoices on AssignedAttribute {
              __typename
              attribute {
                name
                translation(languageCode: $language) {
                  name
                }
              }
              ... on AssignedSingleChoiceAttribute {
                choice: value {
                  slug
                  name
                  translation(languageCode: $language)
                }
              }
              ... on AssignedMultiChoiceAttribute {
                choices: value {
                  slug
                  name
                  translation(languageCode: $language)
                }
              }
            }

            fragment CategoryName on Category {
              slug
              name
              translation(languageCode: $language) {
                name
              }
            }

            fragment IndexedProduct on Product {
              id
              slug
              name
              created
              isAvailable
              translation(languageCode: $language) {
                name
              }
              category {
                ...CategoryName
                ancestors(first: 1) {
                  edges {
                    node {
                      ...CategoryName
                    }
                  }
                }
              }
              pricing {
                displayGrossPrices
                priceRange {
                  start {
                    gross {
                      amount
                      currency
                    }
                    net {
                      amount
                      currency
                    }
                  }
                }
              }
              suctionMethod: assignedAttribute(slug: "suction-method") {
                ...AssignedChoices
              }
              bodyAreas: assignedAttribute(slug: "body-areas") {
                ...AssignedChoices
              }
              useLevel: assignedAttribute(slug: "use-level") {
                ...AssignedChoices
              }
              suctionLevel: assignedAttribute(slug: "suction-level") {
                ...AssignedChoices
              }
            }
            """)
        variables: dict[str, object] = {
            "channel": channel,
            "first": first,
            "after": after,
            "language": language,
        }
        response = self.execute(
            query=query, operation_name="CatalogIndex", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return CatalogIndex.model_validate(data)

    def category_create(
        self, input: "CategoryInput", **kwargs: Any
    ) -> "CategoryCreate":
        from .category_create import CategoryCreate

        query = gql("""
            mutation CategoryCreate($input: CategoryInput!) {
              categoryCreate(input: $input) {
                category {
                  id
                  slug
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"input": input}
        response = self.execute(
            query=query, operation_name="CategoryCreate", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return CategoryCreate.model_validate(data)

    def category_keys(
        self, after: Union[Optional[str], "UnsetType"] = UNSET, **kwargs: Any
    ) -> "CategoryKeys":
        from .category_keys import CategoryKeys

        query = gql("""
            query CategoryKeys($after: String) {
              categories(first: 100, after: $after) {
                pageInfo {
                  hasNextPage
                  endCursor
                }
                edges {
                  node {
                    id
                    slug
                    name
                    description
                    seoTitle
                    seoDescription
                    de: translation(languageCode: DE) {
                      name
                      description
                      seoTitle
                      seoDescription
                    }
                    es: translation(languageCode: ES) {
                      name
                      description
                      seoTitle
                      seoDescription
                    }
                  }
                }
              }
            }
            """)
        variables: dict[str, object] = {"after": after}
        response = self.execute(
            query=query, operation_name="CategoryKeys", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return CategoryKeys.model_validate(data)

    def category_tiles(
        self, channel: str, after: str, language: "LanguageCodeEnum", **kwargs: Any
    ) -> "CategoryTiles":
        from .category_tiles import CategoryTiles

        query = gql("""
            query CategoryTiles($channel: String!, $after: String!, $language: LanguageCodeEnum!) {
              categories(first: 100, after: $after, level: 0) {
                pageInfo {
                  hasNextPage
                  endCursor
                }
                edges {
                  node {
                    ...CategoryTile
                  }
                }
              }
            }

            fragment CategoryTile on Category {
              slug
              name
              translation(languageCode: $language) {
                name
              }
              products(channel: $channel, first: 1) {
                totalCount
                edges {
                  node {
                    thumbnail(size: 512, format: WEBP) {
                      url
                      alt
                    }
                  }
                }
              }
            }
            """)
        variables: dict[str, object] = {
            "channel": channel,
            "after": after,
            "language": language,
        }
        response = self.execute(
            query=query, operation_name="CategoryTiles", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return CategoryTiles.model_validate(data)

    def category_translate(
        self,
        id: str,
        language_code: "LanguageCodeEnum",
        input: "TranslationInput",
        **kwargs: Any,
    ) -> "CategoryTranslate":
        from .category_translate import CategoryTranslate

        query = gql("""
            mutation CategoryTranslate($id: ID!, $languageCode: LanguageCodeEnum!, $input: TranslationInput!) {
              categoryTranslate(id: $id, languageCode: $languageCode, input: $input) {
                category {
                  id
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {
            "id": id,
            "languageCode": language_code,
            "input": input,
        }
        response = self.execute(
            query=query,
            operation_name="CategoryTranslate",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return CategoryTranslate.model_validate(data)

    def category_update(
        self, id: str, input: "CategoryInput", **kwargs: Any
    ) -> "CategoryUpdate":
        from .category_update import CategoryUpdate

        query = gql("""
            mutation CategoryUpdate($id: ID!, $input: CategoryInput!) {
              categoryUpdate(id: $id, input: $input) {
                category {
                  id
                  slug
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id, "input": input}
        response = self.execute(
            query=query, operation_name="CategoryUpdate", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return CategoryUpdate.model_validate(data)

    def changed_orders(
        self,
        changed_since: datetime,
        after: Union[Optional[str], "UnsetType"] = UNSET,
        **kwargs: Any,
    ) -> "ChangedOrders":
        from .changed_orders import ChangedOrders

        query = gql("""
            query ChangedOrders($changedSince: DateTime!, $after: String) {
              orders(
                first: 50
                after: $after
                where: {updatedAt: {gte: $changedSince}}
                sortBy: {field: LAST_MODIFIED_AT, direction: ASC}
              ) {
                pageInfo {
                  hasNextPage
                  endCursor
                }
                edges {
                  node {
                    id
                    number
                    status
                    isPaid
                    origin
                    userEmail
                    languageCodeEnum
                    updatedAt
                    totalRefunded {
                      amount
                    }
                    fulfillments {
                      id
                      status
                      created
                      trackingNumber
                      deliveredAt: metafield(key: "delivered_at")
                      shippedAt: metafield(key: "shipped_at")
                      lines {
                        quantity
                        orderLine {
                          ...LineInsert
                        }
                      }
                    }
                  }
                }
              }
            }

            fragment LineInsert on OrderLine {
              insert: metafield(key: "insert")
              variant {
                product {
                  assignedAttribute(slug: "safety-insert") {
                    __typename
                    ... on AssignedSinglePageReferenceAttribute {
                      page: value {
                        slug
                      }
                    }
                  }
                }
              }
            }
            """)
        variables: dict[str, object] = {"changedSince": changed_since, "after": after}
        response = self.execute(
            query=query, operation_name="ChangedOrders", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return ChangedOrders.model_validate(data)

    def channel_create(
        self, input: "ChannelCreateInput", **kwargs: Any
    ) -> "ChannelCreate":
        from .channel_create import ChannelCreate

        query = gql("""
            mutation ChannelCreate($input: ChannelCreateInput!) {
              channelCreate(input: $input) {
                channel {
                  id
                  slug
                  taxConfiguration {
                    id
                  }
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"input": input}
        response = self.execute(
            query=query, operation_name="ChannelCreate", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return ChannelCreate.model_validate(data)

    def channel_keys(self, **kwargs: Any) -> "ChannelKeys":
        from .channel_keys import ChannelKeys

        query = gql("""
            query ChannelKeys {
              channels {
                id
                slug
                currencyCode
                warehouses {
                  id
                  slug
                }
                taxConfiguration {
                  id
                }
              }
            }
            """)
        variables: dict[str, object] = {}
        response = self.execute(
            query=query, operation_name="ChannelKeys", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return ChannelKeys.model_validate(data)

    def channel_update(
        self, id: str, input: "ChannelUpdateInput", **kwargs: Any
    ) -> "ChannelUpdate":
        from .channel_update import ChannelUpdate

        query = gql("""
            mutation ChannelUpdate($id: ID!, $input: ChannelUpdateInput!) {
              channelUpdate(id: $id, input: $input) {
                channel {
                  id
                  slug
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id, "input": input}
        response = self.execute(
            query=query, operation_name="ChannelUpdate", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return ChannelUpdate.model_validate(data)

    def channels(self, **kwargs: Any) -> "Channels":
        from .channels import Channels

        query = gql("""
            query Channels {
              channels {
                id
                slug
                name
                isActive
                currencyCode
                defaultCountry {
                  code
                  country
                }
              }
            }
            """)
        variables: dict[str, object] = {}
        response = self.execute(
            query=query, operation_name="Channels", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return Channels.model_validate(data)

    def checkout_add_promo_code(
        self, id: str, code: str, **kwargs: Any
    ) -> "CheckoutAddPromoCode":
        from .checkout_add_promo_code import CheckoutAddPromoCode

        query = gql("""
            mutation CheckoutAddPromoCode($id: ID!, $code: String!) {
              checkoutAddPromoCode(id: $id, promoCode: $code) {
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id, "code": code}
        response = self.execute(
            query=query,
            operation_name="CheckoutAddPromoCode",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return CheckoutAddPromoCode.model_validate(data)

    def checkout_complete(self, id: str, **kwargs: Any) -> "CheckoutComplete":
        from .checkout_complete import CheckoutComplete

        query = gql("""
            mutation CheckoutComplete($id: ID!) {
              checkoutComplete(id: $id) {
                order {
                  id
                }
                errors {
                  field
                  message
                  code
                  lines
                  variants
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id}
        response = self.execute(
            query=query,
            operation_name="CheckoutComplete",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return CheckoutComplete.model_validate(data)

    def checkout_contact_page(
        self, id: str, channel: str, language: "LanguageCodeEnum", **kwargs: Any
    ) -> "CheckoutContactPage":
        from .checkout_contact_page import CheckoutContactPage

        query = gql("""
            query CheckoutContactPage($id: ID!, $channel: String!, $language: LanguageCodeEnum!) {
              checkout(id: $id) {
                ...CheckoutLines
                ...CheckoutTotals
              }
              channel(slug: $channel) {
                countries {
                  code
                  country
                }
              }
            }

            fragment AddressBlock on Address {
              firstName
              lastName
              companyName
              streetAddress1
              streetAddress2
              city
              cityArea
              postalCode
              countryArea
              country {
                code
                country
              }
              phone
            }

            fragment CheckoutLineMoney on CheckoutLine {
              id
              totalPrice {
                ...TaxedAmounts
              }
              undiscountedTotalPrice {
                amount
              }
            }

            fragment CheckoutLines on Checkout {
              id
              quantity
              stockReservationExpires
              languageCode
              givenBack: metafield(key: "payment-given-back")
              channel {
                slug
              }
              ...CheckoutMoney
              cards: giftCards {
                id
                last4CodeChars
              }
              lines {
                ...CheckoutLineMoney
                quantity
                variant {
                  id
                  sku
                  name
                  translation(languageCode: $language) {
                    name
                  }
                  quantityAvailable
                  quantityLimitPerCustomer
                  media {
                    url(size: 256, format: WEBP)
                    alt
                    type
                  }
                  product {
                    slug
                    name
                    translation(languageCode: $language) {
                      name
                    }
                    thumbnail(size: 256, format: WEBP) {
                      url
                      alt
                    }
                    insert: assignedAttribute(slug: "safety-insert") {
                      __typename
                      ... on AssignedSinglePageReferenceAttribute {
                        value {
                          slug
                        }
                      }
                    }
                  }
                }
              }
              problems {
                __typename
                ... on CheckoutLineProblemInsufficientStock {
                  availableQuantity
                  line {
                    id
                  }
                }
                ... on CheckoutLineProblemVariantNotAvailable {
                  line {
                    id
                  }
                }
              }
            }

            fragment CheckoutMoney on Checkout {
              displayGrossPrices
              isShippingRequired
              voucherCode
              discount {
                amount
              }
              giftCards {
                last4CodeChars
                currentBalance {
                  amount
                }
              }
              subtotalPrice {
                ...TaxedAmounts
              }
              shippingPrice {
                ...TaxedAmounts
              }
              totalPrice {
                ...TaxedAmounts
              }
              delivery {
                id
                shippingMethod {
                  name
                  translation(languageCode: $language) {
                    name
                  }
                  price {
                    amount
                  }
                }
              }
            }

            fragment CheckoutTotals on Checkout {
              email
              shippingAddress {
                ...AddressBlock
              }
              billingAddress {
                ...AddressBlock
              }
              authorizeStatus
              totalBalance {
                amount
                currency
              }
            }

            fragment TaxedAmounts on TaxedMoney {
              gross {
                amount
                currency
              }
              net {
                amount
                currency
              }
            }
            """)
        variables: dict[str, object] = {
            "id": id,
            "channel": channel,
            "language": language,
        }
        response = self.execute(
            query=query,
            operation_name="CheckoutContactPage",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return CheckoutContactPage.model_validate(data)

    def checkout_contact_update(
        self,
        id: str,
        email: str,
        shipping: "AddressInput",
        billing: "AddressInput",
        **kwargs: Any,
    ) -> "CheckoutContactUpdate":
        from .checkout_contact_update import CheckoutContactUpdate

        query = gql("""
            mutation CheckoutContactUpdate($id: ID!, $email: String!, $shipping: AddressInput!, $billing: AddressInput!) {
              checkoutEmailUpdate(id: $id, email: $email) {
                errors {
                  field
                  message
                  code
                }
              }
              checkoutShippingAddressUpdate(id: $id, shippingAddress: $shipping) {
                errors {
                  field
                  message
                  code
                }
              }
              checkoutBillingAddressUpdate(id: $id, billingAddress: $billing) {
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {
            "id": id,
            "email": email,
            "shipping": shipping,
            "billing": billing,
        }
        response = self.execute(
            query=query,
            operation_name="CheckoutContactUpdate",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return CheckoutContactUpdate.model_validate(data)

    def checkout_create(
        self,
        channel: str,
        variant: str,
        quantity: int,
        language: "LanguageCodeEnum",
        **kwargs: Any,
    ) -> "CheckoutCreate":
        from .checkout_create import CheckoutCreate

        query = gql("""
            mutation CheckoutCreate($channel: String!, $variant: ID!, $quantity: Int!, $language: LanguageCodeEnum!) {
              checkoutCreate(
                input: {channel: $channel, languageCode: $language, lines: [{quantity: $quantity, variantId: $variant}]}
              ) {
                checkout {
                  id
                  quantity
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {
            "channel": channel,
            "variant": variant,
            "quantity": quantity,
            "language": language,
        }
        response = self.execute(
            query=query, operation_name="CheckoutCreate", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return CheckoutCreate.model_validate(data)

    def checkout_create_from_order(
        self, id: str, **kwargs: Any
    ) -> "CheckoutCreateFromOrder":
        from .checkout_create_from_order import CheckoutCreateFromOrder

        query = gql("""
            mutation CheckoutCreateFromOrder($id: ID!) {
              checkoutCreateFromOrder(id: $id) {
                unavailableVariants {
                  lineId
                  code
                }
                checkout {
                  id
                  quantity
                  channel {
                    slug
                  }
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id}
        response = self.execute(
            query=query,
            operation_name="CheckoutCreateFromOrder",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return CheckoutCreateFromOrder.model_validate(data)

    def checkout_customer_attach(
        self, id: str, **kwargs: Any
    ) -> "CheckoutCustomerAttach":
        from .checkout_customer_attach import CheckoutCustomerAttach

        query = gql("""
            mutation CheckoutCustomerAttach($id: ID!) {
              checkoutCustomerAttach(id: $id) {
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id}
        response = self.execute(
            query=query,
            operation_name="CheckoutCustomerAttach",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return CheckoutCustomerAttach.model_validate(data)

    def checkout_delivery_method_update(
        self, id: str, delivery: str, **kwargs: Any
    ) -> "CheckoutDeliveryMethodUpdate":
        from .checkout_delivery_method_update import CheckoutDeliveryMethodUpdate

        query = gql("""
            mutation CheckoutDeliveryMethodUpdate($id: ID!, $delivery: ID!) {
              checkoutDeliveryMethodUpdate(id: $id, deliveryMethodId: $delivery) {
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id, "delivery": delivery}
        response = self.execute(
            query=query,
            operation_name="CheckoutDeliveryMethodUpdate",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return CheckoutDeliveryMethodUpdate.model_validate(data)

    def checkout_language_code_update(
        self, id: str, language: "LanguageCodeEnum", **kwargs: Any
    ) -> "CheckoutLanguageCodeUpdate":
        from .checkout_language_code_update import CheckoutLanguageCodeUpdate

        query = gql("""
            mutation CheckoutLanguageCodeUpdate($id: ID!, $language: LanguageCodeEnum!) {
              checkoutLanguageCodeUpdate(id: $id, languageCode: $language) {
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id, "language": language}
        response = self.execute(
            query=query,
            operation_name="CheckoutLanguageCodeUpdate",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return CheckoutLanguageCodeUpdate.model_validate(data)

    def checkout_lines_add(
        self, id: str, variant: str, quantity: int, **kwargs: Any
    ) -> "CheckoutLinesAdd":
        from .checkout_lines_add import CheckoutLinesAdd

        query = gql("""
            mutation CheckoutLinesAdd($id: ID!, $variant: ID!, $quantity: Int!) {
              checkoutLinesAdd(id: $id, lines: [{quantity: $quantity, variantId: $variant}]) {
                checkout {
                  id
                  quantity
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {
            "id": id,
            "variant": variant,
            "quantity": quantity,
        }
        response = self.execute(
            query=query,
            operation_name="CheckoutLinesAdd",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return CheckoutLinesAdd.model_validate(data)

    def checkout_lines_delete(
        self, id: str, lines: list[str], **kwargs: Any
    ) -> "CheckoutLinesDelete":
        from .checkout_lines_delete import CheckoutLinesDelete

        query = gql("""
            mutation CheckoutLinesDelete($id: ID!, $lines: [ID!]!) {
              checkoutLinesDelete(id: $id, linesIds: $lines) {
                checkout {
                  id
                  quantity
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id, "lines": lines}
        response = self.execute(
            query=query,
            operation_name="CheckoutLinesDelete",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return CheckoutLinesDelete.model_validate(data)

    def checkout_lines_update(
        self, id: str, lines: list["CheckoutLineUpdateInput"], **kwargs: Any
    ) -> "CheckoutLinesUpdate":
        from .checkout_lines_update import CheckoutLinesUpdate

        query = gql("""
            mutation CheckoutLinesUpdate($id: ID!, $lines: [CheckoutLineUpdateInput!]!) {
              checkoutLinesUpdate(id: $id, lines: $lines) {
                checkout {
                  id
                  quantity
                }
                errors {
                  field
                  message
                  code
                  lines
                  variants
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id, "lines": lines}
        response = self.execute(
            query=query,
            operation_name="CheckoutLinesUpdate",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return CheckoutLinesUpdate.model_validate(data)

    def checkout_page(
        self, id: str, language: "LanguageCodeEnum", **kwargs: Any
    ) -> "CheckoutPage":
        from .checkout_page import CheckoutPage

        query = gql("""
            query CheckoutPage($id: ID!, $language: LanguageCodeEnum!) {
              checkout(id: $id) {
                ...CheckoutLines
                ...CheckoutTotals
              }
            }

            fragment AddressBlock on Address {
              firstName
              lastName
              companyName
              streetAddress1
              streetAddress2
              city
              cityArea
              postalCode
              countryArea
              country {
                code
                country
              }
              phone
            }

            fragment CheckoutLineMoney on CheckoutLine {
              id
              totalPrice {
                ...TaxedAmounts
              }
              undiscountedTotalPrice {
                amount
              }
            }

            fragment CheckoutLines on Checkout {
              id
              quantity
              stockReservationExpires
              languageCode
              givenBack: metafield(key: "payment-given-back")
              channel {
                slug
              }
              ...CheckoutMoney
              cards: giftCards {
                id
                last4CodeChars
              }
              lines {
                ...CheckoutLineMoney
                quantity
                variant {
                  id
                  sku
                  name
                  translation(languageCode: $language) {
                    name
                  }
                  quantityAvailable
                  quantityLimitPerCustomer
                  media {
                    url(size: 256, format: WEBP)
                    alt
                    type
                  }
                  product {
                    slug
                    name
                    translation(languageCode: $language) {
                      name
                    }
                    thumbnail(size: 256, format: WEBP) {
                      url
                      alt
                    }
                    insert: assignedAttribute(slug: "safety-insert") {
                      __typename
                      ... on AssignedSinglePageReferenceAttribute {
                        value {
                          slug
                        }
                      }
                    }
                  }
                }
              }
              problems {
                __typename
                ... on CheckoutLineProblemInsufficientStock {
                  availableQuantity
                  line {
                    id
                  }
                }
                ... on CheckoutLineProblemVariantNotAvailable {
                  line {
                    id
                  }
                }
              }
            }

            fragment CheckoutMoney on Checkout {
              displayGrossPrices
              isShippingRequired
              voucherCode
              discount {
                amount
              }
              giftCards {
                last4CodeChars
                currentBalance {
                  amount
                }
              }
              subtotalPrice {
                ...TaxedAmounts
              }
              shippingPrice {
                ...TaxedAmounts
              }
              totalPrice {
                ...TaxedAmounts
              }
              delivery {
                id
                shippingMethod {
                  name
                  translation(languageCode: $language) {
                    name
                  }
                  price {
                    amount
                  }
                }
              }
            }

            fragment CheckoutTotals on Checkout {
              email
              shippingAddress {
                ...AddressBlock
              }
              billingAddress {
                ...AddressBlock
              }
              authorizeStatus
              totalBalance {
                amount
                currency
              }
            }

            fragment TaxedAmounts on TaxedMoney {
              gross {
                amount
                currency
              }
              net {
                amount
                currency
              }
            }
            """)
        variables: dict[str, object] = {"id": id, "language": language}
        response = self.execute(
            query=query, operation_name="CheckoutPage", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return CheckoutPage.model_validate(data)

    def checkout_remove_promo_code(
        self,
        id: str,
        code: Union[Optional[str], "UnsetType"] = UNSET,
        promo_code_id: Union[Optional[str], "UnsetType"] = UNSET,
        **kwargs: Any,
    ) -> "CheckoutRemovePromoCode":
        from .checkout_remove_promo_code import CheckoutRemovePromoCode

        query = gql("""
            mutation CheckoutRemovePromoCode($id: ID!, $code: String, $promoCodeId: ID) {
              checkoutRemovePromoCode(id: $id, promoCode: $code, promoCodeId: $promoCodeId) {
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {
            "id": id,
            "code": code,
            "promoCodeId": promo_code_id,
        }
        response = self.execute(
            query=query,
            operation_name="CheckoutRemovePromoCode",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return CheckoutRemovePromoCode.model_validate(data)

    def checkout_transactions(self, id: str, **kwargs: Any) -> "CheckoutTransactions":
        from .checkout_transactions import CheckoutTransactions

        query = gql("""
            query CheckoutTransactions($id: ID!) {
              checkout(id: $id) {
                transactions {
                  id
                  createdBy {
                    __typename
                    ... on App {
                      identifier
                    }
                  }
                  authorizedAmount {
                    amount
                    currency
                  }
                  authorizePendingAmount {
                    amount
                    currency
                  }
                  events {
                    type
                    amount {
                      amount
                      currency
                    }
                    message
                    pspReference
                    idempotencyKey
                    createdBy {
                      __typename
                    }
                  }
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id}
        response = self.execute(
            query=query,
            operation_name="CheckoutTransactions",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return CheckoutTransactions.model_validate(data)

    def collection_channel_listing_update(
        self, id: str, input: "CollectionChannelListingUpdateInput", **kwargs: Any
    ) -> "CollectionChannelListingUpdate":
        from .collection_channel_listing_update import CollectionChannelListingUpdate

        query = gql("""
            mutation CollectionChannelListingUpdate($id: ID!, $input: CollectionChannelListingUpdateInput!) {
              collectionChannelListingUpdate(id: $id, input: $input) {
                collection {
                  id
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id, "input": input}
        response = self.execute(
            query=query,
            operation_name="CollectionChannelListingUpdate",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return CollectionChannelListingUpdate.model_validate(data)

    def collection_create(
        self, input: "CollectionCreateInput", **kwargs: Any
    ) -> "CollectionCreate":
        from .collection_create import CollectionCreate

        query = gql("""
            mutation CollectionCreate($input: CollectionCreateInput!) {
              collectionCreate(input: $input) {
                collection {
                  id
                  slug
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"input": input}
        response = self.execute(
            query=query,
            operation_name="CollectionCreate",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return CollectionCreate.model_validate(data)

    def collection_keys(
        self, after: Union[Optional[str], "UnsetType"] = UNSET, **kwargs: Any
    ) -> "CollectionKeys":
        from .collection_keys import CollectionKeys

        query = gql("""
            query CollectionKeys($after: String) {
              collections(first: 100, after: $after) {
                pageInfo {
                  hasNextPage
                  endCursor
                }
                edges {
                  node {
                    id
                    slug
                    name
                    description
                    de: translation(languageCode: DE) {
                      name
                      description
                    }
                    es: translation(languageCode: ES) {
                      name
                      description
                    }
                  }
                }
              }
            }
            """)
        variables: dict[str, object] = {"after": after}
        response = self.execute(
            query=query, operation_name="CollectionKeys", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return CollectionKeys.model_validate(data)

    def collection_translate(
        self,
        id: str,
        language_code: "LanguageCodeEnum",
        input: "TranslationInput",
        **kwargs: Any,
    ) -> "CollectionTranslate":
        from .collection_translate import CollectionTranslate

        query = gql("""
            mutation CollectionTranslate($id: ID!, $languageCode: LanguageCodeEnum!, $input: TranslationInput!) {
              collectionTranslate(id: $id, languageCode: $languageCode, input: $input) {
                collection {
                  id
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {
            "id": id,
            "languageCode": language_code,
            "input": input,
        }
        response = self.execute(
            query=query,
            operation_name="CollectionTranslate",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return CollectionTranslate.model_validate(data)

    def collection_update(
        self, id: str, input: "CollectionInput", **kwargs: Any
    ) -> "CollectionUpdate":
        from .collection_update import CollectionUpdate

        query = gql("""
            mutation CollectionUpdate($id: ID!, $input: CollectionInput!) {
              collectionUpdate(id: $id, input: $input) {
                collection {
                  id
                  slug
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id, "input": input}
        response = self.execute(
            query=query,
            operation_name="CollectionUpdate",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return CollectionUpdate.model_validate(data)

    def confirm_account(
        self, email: str, token: str, **kwargs: Any
    ) -> "ConfirmAccount":
        from .confirm_account import ConfirmAccount

        query = gql("""
            mutation ConfirmAccount($email: String!, $token: String!) {
              confirmAccount(email: $email, token: $token) {
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"email": email, "token": token}
        response = self.execute(
            query=query, operation_name="ConfirmAccount", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return ConfirmAccount.model_validate(data)

    def confirm_email_change(
        self, token: str, channel: str, **kwargs: Any
    ) -> "ConfirmEmailChange":
        from .confirm_email_change import ConfirmEmailChange

        query = gql("""
            mutation ConfirmEmailChange($token: String!, $channel: String!) {
              confirmEmailChange(token: $token, channel: $channel) {
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"token": token, "channel": channel}
        response = self.execute(
            query=query,
            operation_name="ConfirmEmailChange",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return ConfirmEmailChange.model_validate(data)

    def delivery_options_calculate(
        self, id: str, language: "LanguageCodeEnum", **kwargs: Any
    ) -> "DeliveryOptionsCalculate":
        from .delivery_options_calculate import DeliveryOptionsCalculate

        query = gql("""
            mutation DeliveryOptionsCalculate($id: ID!, $language: LanguageCodeEnum!) {
              deliveryOptionsCalculate(id: $id) {
                deliveries {
                  id
                  shippingMethod {
                    id
                    name
                    translation(languageCode: $language) {
                      name
                    }
                    active
                    message
                    minimumDeliveryDays
                    maximumDeliveryDays
                    price {
                      amount
                      currency
                    }
                  }
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id, "language": language}
        response = self.execute(
            query=query,
            operation_name="DeliveryOptionsCalculate",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return DeliveryOptionsCalculate.model_validate(data)

    def delivery_prices(self, **kwargs: Any) -> "DeliveryPrices":
        from .delivery_prices import DeliveryPrices

        query = gql("""
            query DeliveryPrices {
              shippingZones(first: 100) {
                edges {
                  node {
                    id
                    name
                    shippingMethods {
                      id
                      name
                      channelListings {
                        channel {
                          slug
                        }
                        price {
                          amount
                        }
                      }
                    }
                  }
                }
              }
            }
            """)
        variables: dict[str, object] = {}
        response = self.execute(
            query=query, operation_name="DeliveryPrices", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return DeliveryPrices.model_validate(data)

    def destination_countries(
        self, channel: str, **kwargs: Any
    ) -> "DestinationCountries":
        from .destination_countries import DestinationCountries

        query = gql("""
            query DestinationCountries($channel: String!) {
              channel(slug: $channel) {
                countries {
                  code
                  country
                }
              }
            }
            """)
        variables: dict[str, object] = {"channel": channel}
        response = self.execute(
            query=query,
            operation_name="DestinationCountries",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return DestinationCountries.model_validate(data)

    def first_picture(self, channel: str, **kwargs: Any) -> "FirstPicture":
        from .first_picture import FirstPicture

        query = gql("""
            query FirstPicture($channel: String!) {
              products(first: 20, channel: $channel) {
                edges {
                  node {
                    thumbnail(size: 256) {
                      url
                    }
                    media {
                      url(size: 0)
                    }
                  }
                }
              }
            }
            """)
        variables: dict[str, object] = {"channel": channel}
        response = self.execute(
            query=query, operation_name="FirstPicture", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return FirstPicture.model_validate(data)

    def footer_menu(
        self, slug: str, channel: str, language: "LanguageCodeEnum", **kwargs: Any
    ) -> "FooterMenu":
        from .footer_menu import FooterMenu

        query = gql("""
            query FooterMenu($slug: String!, $channel: String!, $language: LanguageCodeEnum!) {
              menu(slug: $slug, channel: $channel) {
                items {
                  name
                  url
                  translation(languageCode: $language) {
                    name
                  }
                  page {
                    slug
                    pageType {
                      slug
                    }
                  }
                  category {
                    slug
                  }
                }
              }
            }
            """)
        variables: dict[str, object] = {
            "slug": slug,
            "channel": channel,
            "language": language,
        }
        response = self.execute(
            query=query, operation_name="FooterMenu", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return FooterMenu.model_validate(data)

    def gift_card_for_mail(self, id: str, **kwargs: Any) -> "GiftCardForMail":
        from .gift_card_for_mail import GiftCardForMail

        query = gql("""
            query GiftCardForMail($id: ID!) {
              giftCard(id: $id) {
                code
                isActive
                expiryDate
                currentBalance {
                  amount
                  currency
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id}
        response = self.execute(
            query=query, operation_name="GiftCardForMail", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return GiftCardForMail.model_validate(data)

    def home_page(
        self, channel: str, language: "LanguageCodeEnum", alt_key: str, **kwargs: Any
    ) -> "HomePage":
        from .home_page import HomePage

        query = gql("""
            query HomePage($channel: String!, $language: LanguageCodeEnum!, $altKey: String!) {
              collection(slug: "first-sets", channel: $channel) {
                name
                products(first: 4, sortBy: {field: COLLECTION, direction: ASC}) {
                  edges {
                    node {
                      ...ProductCard
                    }
                  }
                }
              }
              categories(first: 100, level: 0) {
                pageInfo {
                  hasNextPage
                  endCursor
                }
                edges {
                  node {
                    ...CategoryTile
                  }
                }
              }
            }

            fragment CategoryTile on Category {
              slug
              name
              translation(languageCode: $language) {
                name
              }
              products(channel: $channel, first: 1) {
                totalCount
                edges {
                  node {
                    thumbnail(size: 512, format: WEBP) {
                      url
                      alt
                    }
                  }
                }
              }
            }

            fragment ProductCard on Product {
              id
              slug
              name
              translation(languageCode: $language) {
                name
              }
              isAvailable
              thumbnail(size: 512, format: WEBP) {
                url
                alt
              }
              small: thumbnail(size: 256, format: WEBP) {
                url
              }
              large: thumbnail(size: 1024, format: WEBP) {
                url
              }
              media {
                alt
                translatedAlt: metafield(key: $altKey)
                type
                url(size: 512, format: WEBP)
              }
              category {
                slug
                name
              }
              pricing {
                displayGrossPrices
                priceRange {
                  start {
                    gross {
                      amount
                      currency
                    }
                    net {
                      amount
                      currency
                    }
                  }
                  stop {
                    gross {
                      amount
                      currency
                    }
                    net {
                      amount
                      currency
                    }
                  }
                }
                priceRangeUndiscounted {
                  start {
                    gross {
                      amount
                      currency
                    }
                    net {
                      amount
                      currency
                    }
                  }
                }
              }
              useLevel: assignedAttribute(slug: "use-level") {
                __typename
                ... on AssignedSingleChoiceAttribute {
                  value {
                    name
                    translation(languageCode: $language)
                  }
                }
              }
              suction: assignedAttribute(slug: "suction-level") {
                __typename
                ... on AssignedSingleChoiceAttribute {
                  attribute {
                    name
                    translation(languageCode: $language) {
                      name
                    }
                  }
                  value {
                    name
                    translation(languageCode: $language)
                  }
                }
              }
              cupCount: assignedAttribute(slug: "cup-count") {
                __typename
                ... on AssignedNumericAttribute {
                  value
                }
              }
              productVariants(first: 50) {
                edges {
                  node {
                    cupCount: assignedAttribute(slug: "variant-cup-count") {
                      __typename
                      ... on AssignedNumericAttribute {
                        value
                      }
                    }
                    color: assignedAttribute(slug: "colour") {
                      __typename
                      ... on AssignedSwatchAttribute {
                        value {
                          name
                          hexColor
                          translation(languageCode: $language)
                        }
                      }
                    }
                  }
                }
              }
            }
            """)
        variables: dict[str, object] = {
            "channel": channel,
            "language": language,
            "altKey": alt_key,
        }
        response = self.execute(
            query=query, operation_name="HomePage", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return HomePage.model_validate(data)

    def menu_create(self, input: "MenuCreateInput", **kwargs: Any) -> "MenuCreate":
        from .menu_create import MenuCreate

        query = gql("""
            mutation MenuCreate($input: MenuCreateInput!) {
              menuCreate(input: $input) {
                menu {
                  id
                  slug
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"input": input}
        response = self.execute(
            query=query, operation_name="MenuCreate", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return MenuCreate.model_validate(data)

    def menu_item_create(
        self, input: "MenuItemCreateInput", **kwargs: Any
    ) -> "MenuItemCreate":
        from .menu_item_create import MenuItemCreate

        query = gql("""
            mutation MenuItemCreate($input: MenuItemCreateInput!) {
              menuItemCreate(input: $input) {
                menuItem {
                  id
                  name
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"input": input}
        response = self.execute(
            query=query, operation_name="MenuItemCreate", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return MenuItemCreate.model_validate(data)

    def menu_item_translate(
        self,
        id: str,
        language_code: "LanguageCodeEnum",
        input: "NameTranslationInput",
        **kwargs: Any,
    ) -> "MenuItemTranslate":
        from .menu_item_translate import MenuItemTranslate

        query = gql("""
            mutation MenuItemTranslate($id: ID!, $languageCode: LanguageCodeEnum!, $input: NameTranslationInput!) {
              menuItemTranslate(id: $id, languageCode: $languageCode, input: $input) {
                menuItem {
                  id
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {
            "id": id,
            "languageCode": language_code,
            "input": input,
        }
        response = self.execute(
            query=query,
            operation_name="MenuItemTranslate",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return MenuItemTranslate.model_validate(data)

    def menu_keys(self, slug: str, **kwargs: Any) -> "MenuKeys":
        from .menu_keys import MenuKeys

        query = gql("""
            query MenuKeys($slug: String!) {
              menu(slug: $slug) {
                id
                slug
                items {
                  id
                  name
                  de: translation(languageCode: DE) {
                    name
                  }
                  es: translation(languageCode: ES) {
                    name
                  }
                  children {
                    id
                    name
                  }
                }
              }
            }
            """)
        variables: dict[str, object] = {"slug": slug}
        response = self.execute(
            query=query, operation_name="MenuKeys", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return MenuKeys.model_validate(data)

    def metadata_update(
        self, id: str, input: list["MetadataInput"], **kwargs: Any
    ) -> "MetadataUpdate":
        from .metadata_update import MetadataUpdate

        query = gql("""
            mutation MetadataUpdate($id: ID!, $input: [MetadataInput!]!) {
              updateMetadata(id: $id, input: $input) {
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id, "input": input}
        response = self.execute(
            query=query, operation_name="MetadataUpdate", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return MetadataUpdate.model_validate(data)

    def order_by_number(self, number: int, **kwargs: Any) -> "OrderByNumber":
        from .order_by_number import OrderByNumber

        query = gql("""
            query OrderByNumber($number: Int!) {
              orders(where: {number: {eq: $number}}, first: 2) {
                edges {
                  node {
                    id
                    number
                    userEmail
                    languageCodeEnum
                    status
                  }
                }
              }
            }
            """)
        variables: dict[str, object] = {"number": number}
        response = self.execute(
            query=query, operation_name="OrderByNumber", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return OrderByNumber.model_validate(data)

    def order_for_mail(self, id: str, **kwargs: Any) -> "OrderForMail":
        from .order_for_mail import OrderForMail

        query = gql("""
            query OrderForMail($id: ID!) {
              order(id: $id) {
                ...MailOrder
              }
            }

            fragment AddressBlock on Address {
              firstName
              lastName
              companyName
              streetAddress1
              streetAddress2
              city
              cityArea
              postalCode
              countryArea
              country {
                code
                country
              }
              phone
            }

            fragment FulfillmentProgress on Fulfillment {
              status
              created
              trackingNumber
              deliveredAt: metafield(key: "delivered_at")
              shippedAt: metafield(key: "shipped_at")
              carrier: metafield(key: "carrier")
              lines {
                quantity
                orderLine {
                  id
                }
              }
            }

            fragment LineInsert on OrderLine {
              insert: metafield(key: "insert")
              variant {
                product {
                  assignedAttribute(slug: "safety-insert") {
                    __typename
                    ... on AssignedSinglePageReferenceAttribute {
                      page: value {
                        slug
                      }
                    }
                  }
                }
              }
            }

            fragment MailOrder on Order {
              id
              number
              userEmail
              ...OrderMoney
              ...OrderProgress
              user {
                firstName
              }
              shippingAddress {
                ...AddressBlock
              }
              billingAddress {
                ...AddressBlock
              }
              lines {
                productName
                variantName
                translatedProductName
                translatedVariantName
                ...OrderLineMoney
                ...OrderLineProgress
                ...LineInsert
              }
              fulfillments {
                id
                ...FulfillmentProgress
                lines {
                  quantity
                  orderLine {
                    id
                  }
                }
              }
            }

            fragment OrderLineMoney on OrderLine {
              id
              totalPrice {
                ...TaxedAmounts
              }
              undiscountedTotalPrice {
                ...TaxedAmounts
              }
            }

            fragment OrderLineProgress on OrderLine {
              quantity
              quantityFulfilled
            }

            fragment OrderMoney on Order {
              displayGrossPrices
              voucherCode
              shippingMethodName
              collectionPointName
              discounts {
                name
                type
                amount {
                  amount
                }
              }
              giftCards {
                last4CodeChars
              }
              subtotal {
                ...TaxedAmounts
              }
              shippingPrice {
                ...TaxedAmounts
              }
              shippingTaxRate
              undiscountedShippingPrice {
                amount
              }
              total {
                ...TaxedAmounts
              }
            }

            fragment OrderProgress on Order {
              status
              shippingPrice {
                ...TaxedAmounts
              }
              total {
                ...TaxedAmounts
              }
              totalAuthorized {
                amount
              }
              totalCharged {
                amount
              }
              totalRefunded {
                amount
              }
            }

            fragment TaxedAmounts on TaxedMoney {
              gross {
                amount
                currency
              }
              net {
                amount
                currency
              }
            }
            """)
        variables: dict[str, object] = {"id": id}
        response = self.execute(
            query=query, operation_name="OrderForMail", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return OrderForMail.model_validate(data)

    def order_note_add(self, order: str, message: str, **kwargs: Any) -> "OrderNoteAdd":
        from .order_note_add import OrderNoteAdd

        query = gql("""
            mutation OrderNoteAdd($order: ID!, $message: String!) {
              orderNoteAdd(order: $order, input: {message: $message}) {
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"order": order, "message": message}
        response = self.execute(
            query=query, operation_name="OrderNoteAdd", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return OrderNoteAdd.model_validate(data)

    def order_page(
        self, id: str, language: "LanguageCodeEnum", **kwargs: Any
    ) -> "OrderPage":
        from .order_page import OrderPage

        query = gql("""
            query OrderPage($id: ID!, $language: LanguageCodeEnum!) {
              order(id: $id) {
                id
                number
                created
                userEmail
                languageCode: languageCodeEnum
                deliveryMethod {
                  __typename
                  ... on ShippingMethod {
                    minimumDeliveryDays
                    maximumDeliveryDays
                    translation(languageCode: $language) {
                      name
                    }
                  }
                }
                ...OrderMoney
                ...OrderProgress
                shippingAddress {
                  ...AddressBlock
                }
                billingAddress {
                  ...AddressBlock
                }
                lines {
                  ...OrderLineMoney
                  ...OrderLineProgress
                  productName
                  variantName
                  translatedProductName
                  translatedVariantName
                  thumbnail(size: 256, format: WEBP) {
                    url
                    alt
                  }
                  insert: metafield(key: "insert")
                  variant {
                    translation(languageCode: $language) {
                      name
                    }
                    product {
                      slug
                      translation(languageCode: $language) {
                        name
                      }
                      guides: assignedAttribute(slug: "guides") {
                        __typename
                        ... on AssignedMultiPageReferenceAttribute {
                          value(limit: 30) {
                            slug
                          }
                        }
                      }
                    }
                  }
                }
                fulfillments {
                  ...FulfillmentProgress
                }
              }
            }

            fragment AddressBlock on Address {
              firstName
              lastName
              companyName
              streetAddress1
              streetAddress2
              city
              cityArea
              postalCode
              countryArea
              country {
                code
                country
              }
              phone
            }

            fragment FulfillmentProgress on Fulfillment {
              status
              created
              trackingNumber
              deliveredAt: metafield(key: "delivered_at")
              shippedAt: metafield(key: "shipped_at")
              carrier: metafield(key: "carrier")
              lines {
                quantity
                orderLine {
                  id
                }
              }
            }

            fragment OrderLineMoney on OrderLine {
              id
              totalPrice {
                ...TaxedAmounts
              }
              undiscountedTotalPrice {
                ...TaxedAmounts
              }
            }

            fragment OrderLineProgress on OrderLine {
              quantity
              quantityFulfilled
            }

            fragment OrderMoney on Order {
              displayGrossPrices
              voucherCode
              shippingMethodName
              collectionPointName
              discounts {
                name
                type
                amount {
                  amount
                }
              }
              giftCards {
                last4CodeChars
              }
              subtotal {
                ...TaxedAmounts
              }
              shippingPrice {
                ...TaxedAmounts
              }
              shippingTaxRate
              undiscountedShippingPrice {
                amount
              }
              total {
                ...TaxedAmounts
              }
            }

            fragment OrderProgress on Order {
              status
              shippingPrice {
                ...TaxedAmounts
              }
              total {
                ...TaxedAmounts
              }
              totalAuthorized {
                amount
              }
              totalCharged {
                amount
              }
              totalRefunded {
                amount
              }
            }

            fragment TaxedAmounts on TaxedMoney {
              gross {
                amount
                currency
              }
              net {
                amount
                currency
              }
            }
            """)
        variables: dict[str, object] = {"id": id, "language": language}
        response = self.execute(
            query=query, operation_name="OrderPage", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return OrderPage.model_validate(data)

    def order_refunds(self, id: str, **kwargs: Any) -> "OrderRefunds":
        from .order_refunds import OrderRefunds

        query = gql("""
            query OrderRefunds($id: ID!) {
              order(id: $id) {
                transactions {
                  events {
                    type
                    createdAt
                    amount {
                      amount
                    }
                  }
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id}
        response = self.execute(
            query=query, operation_name="OrderRefunds", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return OrderRefunds.model_validate(data)

    def order_return(self, id: str, **kwargs: Any) -> "OrderReturn":
        from .order_return import OrderReturn

        query = gql("""
            query OrderReturn($id: ID!) {
              order(id: $id) {
                id
                request: privateMetafield(key: "return_request")
                ...OrderProgress
                lines {
                  ...OrderLineProgress
                }
                fulfillments {
                  ...FulfillmentProgress
                }
              }
            }

            fragment FulfillmentProgress on Fulfillment {
              status
              created
              trackingNumber
              deliveredAt: metafield(key: "delivered_at")
              shippedAt: metafield(key: "shipped_at")
              carrier: metafield(key: "carrier")
              lines {
                quantity
                orderLine {
                  id
                }
              }
            }

            fragment OrderLineProgress on OrderLine {
              quantity
              quantityFulfilled
            }

            fragment OrderProgress on Order {
              status
              shippingPrice {
                ...TaxedAmounts
              }
              total {
                ...TaxedAmounts
              }
              totalAuthorized {
                amount
              }
              totalCharged {
                amount
              }
              totalRefunded {
                amount
              }
            }

            fragment TaxedAmounts on TaxedMoney {
              gross {
                amount
                currency
              }
              net {
                amount
                currency
              }
            }
            """)
        variables: dict[str, object] = {"id": id}
        response = self.execute(
            query=query, operation_name="OrderReturn", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return OrderReturn.model_validate(data)

    def orders_for_mail(self, ids: list[str], **kwargs: Any) -> "OrdersForMail":
        from .orders_for_mail import OrdersForMail

        query = gql("""
            query OrdersForMail($ids: [ID!]!) {
              orders(first: 100, where: {ids: $ids}) {
                edges {
                  node {
                    ...MailOrder
                  }
                }
              }
            }

            fragment AddressBlock on Address {
              firstName
              lastName
              companyName
              streetAddress1
              streetAddress2
              city
              cityArea
              postalCode
              countryArea
              country {
                code
                country
              }
              phone
            }

            fragment FulfillmentProgress on Fulfillment {
              status
              created
              trackingNumber
              deliveredAt: metafield(key: "delivered_at")
              shippedAt: metafield(key: "shipped_at")
              carrier: metafield(key: "carrier")
              lines {
                quantity
                orderLine {
                  id
                }
              }
            }

            fragment LineInsert on OrderLine {
              insert: metafield(key: "insert")
              variant {
                product {
                  assignedAttribute(slug: "safety-insert") {
                    __typename
                    ... on AssignedSinglePageReferenceAttribute {
                      page: value {
                        slug
                      }
                    }
                  }
                }
              }
            }

            fragment MailOrder on Order {
              id
              number
              userEmail
              ...OrderMoney
              ...OrderProgress
              user {
                firstName
              }
              shippingAddress {
                ...AddressBlock
              }
              billingAddress {
                ...AddressBlock
              }
              lines {
                productName
                variantName
                translatedProductName
                translatedVariantName
                ...OrderLineMoney
                ...OrderLineProgress
                ...LineInsert
              }
              fulfillments {
                id
                ...FulfillmentProgress
                lines {
                  quantity
                  orderLine {
                    id
                  }
                }
              }
            }

            fragment OrderLineMoney on OrderLine {
              id
              totalPrice {
                ...TaxedAmounts
              }
              undiscountedTotalPrice {
                ...TaxedAmounts
              }
            }

            fragment OrderLineProgress on OrderLine {
              quantity
              quantityFulfilled
            }

            fragment OrderMoney on Order {
              displayGrossPrices
              voucherCode
              shippingMethodName
              collectionPointName
              discounts {
                name
                type
                amount {
                  amount
                }
              }
              giftCards {
                last4CodeChars
              }
              subtotal {
                ...TaxedAmounts
              }
              shippingPrice {
                ...TaxedAmounts
              }
              shippingTaxRate
              undiscountedShippingPrice {
                amount
              }
              total {
                ...TaxedAmounts
              }
            }

            fragment OrderProgress on Order {
              status
              shippingPrice {
                ...TaxedAmounts
              }
              total {
                ...TaxedAmounts
              }
              totalAuthorized {
                amount
              }
              totalCharged {
                amount
              }
              totalRefunded {
                amount
              }
            }

            fragment TaxedAmounts on TaxedMoney {
              gross {
                amount
                currency
              }
              net {
                amount
                currency
              }
            }
            """)
        variables: dict[str, object] = {"ids": ids}
        response = self.execute(
            query=query, operation_name="OrdersForMail", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return OrdersForMail.model_validate(data)

    def page_create(self, input: "PageCreateInput", **kwargs: Any) -> "PageCreate":
        from .page_create import PageCreate

        query = gql("""
            mutation PageCreate($input: PageCreateInput!) {
              pageCreate(input: $input) {
                page {
                  id
                  slug
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"input": input}
        response = self.execute(
            query=query, operation_name="PageCreate", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return PageCreate.model_validate(data)

    def page_keys(
        self, after: Union[Optional[str], "UnsetType"] = UNSET, **kwargs: Any
    ) -> "PageKeys":
        from .page_keys import PageKeys

        query = gql("""
            query PageKeys($after: String) {
              pages(first: 100, after: $after) {
                pageInfo {
                  hasNextPage
                  endCursor
                }
                edges {
                  node {
                    id
                    slug
                    title
                    content
                    seoTitle
                    seoDescription
                    de: translation(languageCode: DE) {
                      title
                      content
                      seoTitle
                      seoDescription
                    }
                    es: translation(languageCode: ES) {
                      title
                      content
                      seoTitle
                      seoDescription
                    }
                  }
                }
              }
            }
            """)
        variables: dict[str, object] = {"after": after}
        response = self.execute(
            query=query, operation_name="PageKeys", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return PageKeys.model_validate(data)

    def page_translate(
        self,
        id: str,
        language_code: "LanguageCodeEnum",
        input: "PageTranslationInput",
        **kwargs: Any,
    ) -> "PageTranslate":
        from .page_translate import PageTranslate

        query = gql("""
            mutation PageTranslate($id: ID!, $languageCode: LanguageCodeEnum!, $input: PageTranslationInput!) {
              pageTranslate(id: $id, languageCode: $languageCode, input: $input) {
                page {
                  id
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {
            "id": id,
            "languageCode": language_code,
            "input": input,
        }
        response = self.execute(
            query=query, operation_name="PageTranslate", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return PageTranslate.model_validate(data)

    def page_type_create(
        self, input: "PageTypeCreateInput", **kwargs: Any
    ) -> "PageTypeCreate":
        from .page_type_create import PageTypeCreate

        query = gql("""
            mutation PageTypeCreate($input: PageTypeCreateInput!) {
              pageTypeCreate(input: $input) {
                pageType {
                  id
                  slug
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"input": input}
        response = self.execute(
            query=query, operation_name="PageTypeCreate", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return PageTypeCreate.model_validate(data)

    def page_type_keys(
        self, after: Union[Optional[str], "UnsetType"] = UNSET, **kwargs: Any
    ) -> "PageTypeKeys":
        from .page_type_keys import PageTypeKeys

        query = gql("""
            query PageTypeKeys($after: String) {
              pageTypes(first: 100, after: $after) {
                pageInfo {
                  hasNextPage
                  endCursor
                }
                edges {
                  node {
                    id
                    slug
                  }
                }
              }
            }
            """)
        variables: dict[str, object] = {"after": after}
        response = self.execute(
            query=query, operation_name="PageTypeKeys", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return PageTypeKeys.model_validate(data)

    def page_update(self, id: str, input: "PageInput", **kwargs: Any) -> "PageUpdate":
        from .page_update import PageUpdate

        query = gql("""
            mutation PageUpdate($id: ID!, $input: PageInput!) {
              pageUpdate(id: $id, input: $input) {
                page {
                  id
                  slug
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id, "input": input}
        response = self.execute(
            query=query, operation_name="PageUpdate", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return PageUpdate.model_validate(data)

    def password_change(
        self, old_password: str, new_password: str, **kwargs: Any
    ) -> "PasswordChange":
        from .password_change import PasswordChange

        query = gql("""
            mutation PasswordChange($oldPassword: String!, $newPassword: String!) {
              passwordChange(oldPassword: $oldPassword, newPassword: $newPassword) {
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {
            "oldPassword": old_password,
            "newPassword": new_password,
        }
        response = self.execute(
            query=query, operation_name="PasswordChange", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return PasswordChange.model_validate(data)

    def payment_apps(self, **kwargs: Any) -> "PaymentApps":
        from .payment_apps import PaymentApps

        query = gql("""
            query PaymentApps {
              apps(first: 100, filter: {isActive: true}) {
                edges {
                  node {
                    name
                    identifier
                    webhooks {
                      isActive
                      syncEvents {
                        eventType
                      }
                    }
                  }
                }
              }
            }
            """)
        variables: dict[str, object] = {}
        response = self.execute(
            query=query, operation_name="PaymentApps", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return PaymentApps.model_validate(data)

    def payment_gateway_initialize(
        self, id: str, gateway: str, **kwargs: Any
    ) -> "PaymentGatewayInitialize":
        from .payment_gateway_initialize import PaymentGatewayInitialize

        query = gql("""
            mutation PaymentGatewayInitialize($id: ID!, $gateway: String!) {
              paymentGatewayInitialize(id: $id, paymentGateways: [{id: $gateway}]) {
                gatewayConfigs {
                  id
                  data
                  errors {
                    field
                    message
                    code
                  }
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id, "gateway": gateway}
        response = self.execute(
            query=query,
            operation_name="PaymentGatewayInitialize",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return PaymentGatewayInitialize.model_validate(data)

    def payment_gateways(self, id: str, **kwargs: Any) -> "PaymentGateways":
        from .payment_gateways import PaymentGateways

        query = gql("""
            query PaymentGateways($id: ID!) {
              checkout(id: $id) {
                availablePaymentGateways {
                  id
                  name
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id}
        response = self.execute(
            query=query, operation_name="PaymentGateways", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return PaymentGateways.model_validate(data)

    def private_metadata_update(
        self, id: str, input: list["MetadataInput"], **kwargs: Any
    ) -> "PrivateMetadataUpdate":
        from .private_metadata_update import PrivateMetadataUpdate

        query = gql("""
            mutation PrivateMetadataUpdate($id: ID!, $input: [MetadataInput!]!) {
              updatePrivateMetadata(id: $id, input: $input) {
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id, "input": input}
        response = self.execute(
            query=query,
            operation_name="PrivateMetadataUpdate",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return PrivateMetadataUpdate.model_validate(data)

    def product_attribute_assign(
        self,
        product_type_id: str,
        operations: list["ProductAttributeAssignInput"],
        **kwargs: Any,
    ) -> "ProductAttributeAssign":
        from .product_attribute_assign import ProductAttributeAssign

        query = gql("""
            mutation ProductAttributeAssign($productTypeId: ID!, $operations: [ProductAttributeAssignInput!]!) {
              productAttributeAssign(productTypeId: $productTypeId, operations: $operations) {
                productType {
                  id
                  slug
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {
            "productTypeId": product_type_id,
            "operations": operations,
        }
        response = self.execute(
            query=query,
            operation_name="ProductAttributeAssign",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return ProductAttributeAssign.model_validate(data)

    def product_channel_listing_update(
        self, id: str, input: "ProductChannelListingUpdateInput", **kwargs: Any
    ) -> "ProductChannelListingUpdate":
        from .product_channel_listing_update import ProductChannelListingUpdate

        query = gql("""
            mutation ProductChannelListingUpdate($id: ID!, $input: ProductChannelListingUpdateInput!) {
              productChannelListingUpdate(id: $id, input: $input) {
                product {
                  id
                }
                errors {
                  field
                  message
                  code
                  channels
                  variants
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id, "input": input}
        response = self.execute(
            query=query,
            operation_name="ProductChannelListingUpdate",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return ProductChannelListingUpdate.model_validate(data)

    def product_create(
        self, input: "ProductCreateInput", **kwargs: Any
    ) -> "ProductCreate":
        from .product_create import ProductCreate

        query = gql("""
            mutation ProductCreate($input: ProductCreateInput!) {
              productCreate(input: $input) {
                product {
                  id
                  slug
                }
                errors {
                  field
                  message
                  code
                  attributes
                }
              }
            }
            """)
        variables: dict[str, object] = {"input": input}
        response = self.execute(
            query=query, operation_name="ProductCreate", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return ProductCreate.model_validate(data)

    def product_feed(
        self,
        channel: str,
        country: "CountryCode",
        first: int,
        language: "LanguageCodeEnum",
        after: Union[Optional[str], "UnsetType"] = UNSET,
        **kwargs: Any,
    ) -> "ProductFeed":
        from .product_feed import ProductFeed

        query = gql("""
            query ProductFeed($channel: String!, $country: CountryCode!, $first: Int!, $after: String, $language: LanguageCodeEnum!) {
              shop {
                availableShippingMethods(channel: $channel, address: {country: $country}) {
                  ...DeliveryOffer
                }
              }
              products(channel: $channel, first: $first, after: $after) {
                pageInfo {
                  hasNextPage
                  endCursor
                }
                edges {
                  node {
                    slug
                    name
                    description
                    translation(languageCode: $language) {
                      name
                      description
                    }
                    isAvailableForPurchase
                    category {
                      name
                      translation(languageCode: $language) {
                        name
                      }
                    }
                    pricing {
                      displayGrossPrices
                    }
                    thumbnail(size: 1024, format: WEBP) {
                      url
                      alt
                    }
                    productVariants(first: 100) {
                      edges {
                        node {
                          id
                          sku
                          name
                          translation(languageCode: $language) {
                            name
                          }
                          quantityAvailable
                          media {
                            url(size: 1024, format: WEBP)
                            alt
                            type
                          }
                          pricing {
                            price {
                              gross {
                                amount
                                currency
                              }
                              net {
                                amount
                                currency
                              }
                            }
                            priceUndiscounted {
                              gross {
                                amount
                                currency
                              }
                              net {
                                amount
                                currency
                              }
                            }
                          }
                        }
                      }
                    }
                  }
                }
              }
            }

            fragment DeliveryOffer on ShippingMethod {
              id
              name
              translation(languageCode: $language) {
                name
              }
              minimumDeliveryDays
              maximumDeliveryDays
              minimumOrderPrice {
                amount
                currency
              }
              maximumOrderPrice {
                amount
                currency
              }
              price {
                amount
                currency
              }
            }
            """)
        variables: dict[str, object] = {
            "channel": channel,
            "country": country,
            "first": first,
            "after": after,
            "language": language,
        }
        response = self.execute(
            query=query, operation_name="ProductFeed", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return ProductFeed.model_validate(data)

    def product_keys(
        self,
        first: int,
        after: Union[Optional[str], "UnsetType"] = UNSET,
        **kwargs: Any,
    ) -> "ProductKeys":
        from .product_keys import ProductKeys

        query = gql("""
            query ProductKeys($first: Int!, $after: String) {
              products(first: $first, after: $after) {
                totalCount
                pageInfo {
                  hasNextPage
                  endCursor
                }
                edges {
                  node {
                    id
                    slug
                    name
                    description
                    seoTitle
                    seoDescription
                    de: translation(languageCode: DE) {
                      name
                      description
                      seoTitle
                      seoDescription
                    }
                    es: translation(languageCode: ES) {
                      name
                      description
                      seoTitle
                      seoDescription
                    }
                    media {
                      id
                      alt
                      de: metafield(key: "alt.de")
                      es: metafield(key: "alt.es")
                    }
                    productVariants(first: 100) {
                      edges {
                        node {
                          id
                          sku
                          name
                          de: translation(languageCode: DE) {
                            name
                          }
                          es: translation(languageCode: ES) {
                            name
                          }
                          channelListings {
                            channel {
                              slug
                            }
                            price {
                              amount
                            }
                          }
                          stocks {
                            warehouse {
                              slug
                            }
                          }
                        }
                      }
                    }
                  }
                }
              }
            }
            """)
        variables: dict[str, object] = {"first": first, "after": after}
        response = self.execute(
            query=query, operation_name="ProductKeys", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return ProductKeys.model_validate(data)

    def product_list(
        self,
        channel: str,
        slugs: list[str],
        category: str,
        language: "LanguageCodeEnum",
        alt_key: str,
        **kwargs: Any,
    ) -> "ProductList":
        from .product_list import ProductList

        query = gql("""
            query ProductList($channel: String!, $slugs: [String!]!, $category: String!, $language: LanguageCodeEnum!, $altKey: String!) {
              products(channel: $channel, first: 24, filter: {slugs: $slugs}) {
                edges {
                  node {
                    ...ProductCard
                  }
                }
              }
              categories(first: 1, filter: {slugs: [$category]}) {
                edges {
                  node {
                    slug
                    name
                    description
                    seoDescription
                    translation(languageCode: $language) {
                      name
                      description
                      seoDescription
                    }
                  }
                }
              }
            }

            fragment ProductCard on Product {
              id
              slug
              name
              translation(languageCode: $language) {
                name
              }
              isAvailable
              thumbnail(size: 512, format: WEBP) {
                url
                alt
              }
              small: thumbnail(size: 256, format: WEBP) {
                url
              }
              large: thumbnail(size: 1024, format: WEBP) {
                url
              }
              media {
                alt
                translatedAlt: metafield(key: $altKey)
                type
                url(size: 512, format: WEBP)
              }
              category {
                slug
                name
              }
              pricing {
                displayGrossPrices
                priceRange {
                  start {
                    gross {
                      amount
                      currency
                    }
                    net {
                      amount
                      currency
                    }
                  }
                  stop {
                    gross {
                      amount
                      currency
                    }
                    net {
                      amount
                      currency
                    }
                  }
                }
                priceRangeUndiscounted {
                  start {
                    gross {
                      amount
                      currency
                    }
                    net {
                      amount
                      currency
                    }
                  }
                }
              }
              useLevel: assignedAttribute(slug: "use-level") {
                __typename
                ... on AssignedSingleChoiceAttribute {
                  value {
                    name
                    translation(languageCode: $language)
                  }
                }
              }
              suction: assignedAttribute(slug: "suction-level") {
                __typename
                ... on AssignedSingleChoiceAttribute {
                  attribute {
                    name
                    translation(languageCode: $language) {
                      name
                    }
                  }
                  value {
                    name
                    translation(languageCode: $language)
                  }
                }
              }
              cupCount: assignedAttribute(slug: "cup-count") {
                __typename
                ... on AssignedNumericAttribute {
                  value
                }
              }
              productVariants(first: 50) {
                edges {
                  node {
                    cupCount: assignedAttribute(slug: "variant-cup-count") {
                      __typename
                      ... on AssignedNumericAttribute {
                        value
                      }
                    }
                    color: assignedAttribute(slug: "colour") {
                      __typename
                      ... on AssignedSwatchAttribute {
                        value {
                          name
                          hexColor
                          translation(languageCode: $language)
                        }
                      }
                    }
                  }
                }
              }
            }
            """)
        variables: dict[str, object] = {
            "channel": channel,
            "slugs": slugs,
            "category": category,
            "language": language,
            "altKey": alt_key,
        }
        response = self.execute(
            query=query, operation_name="ProductList", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return ProductList.model_validate(data)

    def product_media_create(
        self, input: "ProductMediaCreateInput", **kwargs: Any
    ) -> "ProductMediaCreate":
        from .product_media_create import ProductMediaCreate

        query = gql("""
            mutation ProductMediaCreate($input: ProductMediaCreateInput!) {
              productMediaCreate(input: $input) {
                media {
                  id
                  alt
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"input": input}
        response = self.execute(
            query=query,
            operation_name="ProductMediaCreate",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return ProductMediaCreate.model_validate(data)

    def product_media_delete(self, id: str, **kwargs: Any) -> "ProductMediaDelete":
        from .product_media_delete import ProductMediaDelete

        query = gql("""
            mutation ProductMediaDelete($id: ID!) {
              productMediaDelete(id: $id) {
                media {
                  id
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id}
        response = self.execute(
            query=query,
            operation_name="ProductMediaDelete",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return ProductMediaDelete.model_validate(data)

    def product_media_reorder(
        self, product_id: str, media_ids: list[str], **kwargs: Any
    ) -> "ProductMediaReorder":
        from .product_media_reorder import ProductMediaReorder

        query = gql("""
            mutation ProductMediaReorder($productId: ID!, $mediaIds: [ID!]!) {
              productMediaReorder(productId: $productId, mediaIds: $mediaIds) {
                product {
                  id
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"productId": product_id, "mediaIds": media_ids}
        response = self.execute(
            query=query,
            operation_name="ProductMediaReorder",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return ProductMediaReorder.model_validate(data)

    def product_media_update(
        self, id: str, alt: str, **kwargs: Any
    ) -> "ProductMediaUpdate":
        from .product_media_update import ProductMediaUpdate

        query = gql("""
            mutation ProductMediaUpdate($id: ID!, $alt: String!) {
              productMediaUpdate(id: $id, input: {alt: $alt}) {
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id, "alt": alt}
        response = self.execute(
            query=query,
            operation_name="ProductMediaUpdate",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return ProductMediaUpdate.model_validate(data)

    def product_page(
        self,
        slug: str,
        channel: str,
        country: "CountryCode",
        language: "LanguageCodeEnum",
        alt_key: str,
        **kwargs: Any,
    ) -> "ProductPage":
        from .product_page import ProductPage

        query = gql("""
            query ProductPage($slug: String!, $channel: String!, $country: CountryCode!, $language: LanguageCodeEnum!, $altKey: String!) {
              shop {
                availableShippingMethods(channel: $channel, address: {country: $country}) {
                  ...DeliveryOffer
                }
              }
              product(slug: $slug, channel: $channel) {
                id
                slug
                name
                description
                seoTitle
                seoDescription
                translation(languageCode: $language) {
                  name
                  description
                  seoTitle
                  seoDescription
                }
                isAvailableForPurchase
                category {
                  slug
                  name
                  translation(languageCode: $language) {
                    name
                  }
                  products(channel: $channel, first: 6) {
                    edges {
                      node {
                        ...ProductCard
                      }
                    }
                  }
                }
                pricing {
                  displayGrossPrices
                }
                media {
                  id
                  alt
                  translatedAlt: metafield(key: $altKey)
                  type
                  url(size: 1024, format: WEBP)
                  small: url(size: 512, format: WEBP)
                  large: url(size: 2048, format: WEBP)
                }
                assignedAttributes(limit: 50) {
                  __typename
                  attribute {
                    slug
                    name
                    unit
                    translation(languageCode: $language) {
                      name
                    }
                  }
                  ... on AssignedPlainTextAttribute {
                    text: value
                    textTranslation: translation(languageCode: $language)
                  }
                  ... on AssignedNumericAttribute {
                    number: value
                  }
                  ... on AssignedBooleanAttribute {
                    flag: value
                  }
                  ... on AssignedDateAttribute {
                    date: value
                  }
                  ... on AssignedSwatchAttribute {
                    swatch: value {
                      name
                      translation(languageCode: $language)
                    }
                  }
                  ... on AssignedSingleChoiceAttribute {
                    choice: value {
                      name
                      translation(languageCode: $language)
                    }
                  }
                  ... on AssignedMultiChoiceAttribute {
                    choices: value {
                      name
                      translation(languageCode: $language)
                    }
                  }
                  ... on AssignedSinglePageReferenceAttribute {
                    page: value {
                      slug
                    }
                  }
                  ... on AssignedMultiPageReferenceAttribute {
                    pages: value(limit: 50) {
                      slug
                    }
                  }
                }
                productVariants(first: 100) {
                  pageInfo {
                    hasNextPage
                    endCursor
                  }
                  edges {
                    node {
                      ...PageVariant
                    }
                  }
                }
              }
            }

            fragment DeliveryOffer on ShippingMethod {
              id
              name
              translation(languageCode: $language) {
                name
              }
              minimumDeliveryDays
              maximumDeliveryDays
              minimumOrderPrice {
                amount
                currency
              }
              maximumOrderPrice {
                amount
                currency
              }
              price {
                amount
                currency
              }
            }

            fragment PageVariant on ProductVariant {
              id
              sku
              name
              translation(languageCode: $language) {
                name
              }
              quantityAvailable
              quantityLimitPerCustomer
              media {
                id
              }
              pricing {
                price {
                  gross {
                    amount
                    currency
                  }
                  net {
                    amount
                    currency
                  }
                }
                priceUndiscounted {
                  gross {
                    amount
                    currency
                  }
                  net {
                    amount
                    currency
                  }
                }
              }
              selection: attributes(variantSelection: VARIANT_SELECTION) {
                attribute {
                  slug
                  name
                  translation(languageCode: $language) {
                    name
                  }
                }
                values {
                  slug
                  name
                  value
                  translation(languageCode: $language) {
                    name
                  }
                }
              }
              facts: attributes(variantSelection: NOT_VARIANT_SELECTION) {
                attribute {
                  slug
                  name
                  unit
                  translation(languageCode: $language) {
                    name
                  }
                }
                values {
                  name
                  plainText
                  translation(languageCode: $language) {
                    name
                    plainText
                  }
                }
              }
            }

            fragment ProductCard on Product {
              id
              slug
              name
              translation(languageCode: $language) {
                name
              }
              isAvailable
              thumbnail(size: 512, format: WEBP) {
                url
                alt
              }
              small: thumbnail(size: 256, format: WEBP) {
                url
              }
              large: thumbnail(size: 1024, format: WEBP) {
                url
              }
              media {
                alt
                translatedAlt: metafield(key: $altKey)
                type
                url(size: 512, format: WEBP)
              }
              category {
                slug
                name
              }
              pricing {
                displayGrossPrices
                priceRange {
                  start {
                    gross {
                      amount
                      currency
                    }
                    net {
                      amount
                      currency
                    }
                  }
                  stop {
                    gross {
                      amount
                      currency
                    }
                    net {
                      amount
                      currency
                    }
                  }
                }
                priceRangeUndiscounted {
                  start {
                    gross {
                      amount
                      currency
                    }
                    net {
                      amount
                      currency
                    }
                  }
                }
              }
              useLevel: assignedAttribute(slug: "use-level") {
                __typename
                ... on AssignedSingleChoiceAttribute {
                  value {
                    name
                    translation(languageCode: $language)
                  }
                }
              }
              suction: assignedAttribute(slug: "suction-level") {
                __typename
                ... on AssignedSingleChoiceAttribute {
                  attribute {
                    name
                    translation(languageCode: $language) {
                      name
                    }
                  }
                  value {
                    name
                    translation(languageCode: $language)
                  }
                }
              }
              cupCount: assignedAttribute(slug: "cup-count") {
                __typename
                ... on AssignedNumericAttribute {
                  value
                }
              }
              productVariants(first: 50) {
                edges {
                  node {
                    cupCount: assignedAttribute(slug: "variant-cup-count") {
                      __typename
                      ... on AssignedNumericAttribute {
                        value
                      }
                    }
                    color: assignedAttribute(slug: "colour") {
                      __typename
                      ... on AssignedSwatchAttribute {
                        value {
                          name
                          hexColor
                          translation(languageCode: $language)
                        }
                      }
                    }
                  }
                }
              }
            }
            """)
        variables: dict[str, object] = {
            "slug": slug,
            "channel": channel,
            "country": country,
            "language": language,
            "altKey": alt_key,
        }
        response = self.execute(
            query=query, operation_name="ProductPage", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return ProductPage.model_validate(data)

    def product_page_variants(
        self,
        slug: str,
        channel: str,
        after: str,
        language: "LanguageCodeEnum",
        **kwargs: Any,
    ) -> "ProductPageVariants":
        from .product_page_variants import ProductPageVariants

        query = gql("""
            query ProductPageVariants($slug: String!, $channel: String!, $after: String!, $language: LanguageCodeEnum!) {
              product(slug: $slug, channel: $channel) {
                productVariants(first: 100, after: $after) {
                  pageInfo {
                    hasNextPage
                    endCursor
                  }
                  edges {
                    node {
                      ...PageVariant
                    }
                  }
                }
              }
            }

            fragment PageVariant on ProductVariant {
              id
              sku
              name
              translation(languageCode: $language) {
                name
              }
              quantityAvailable
              quantityLimitPerCustomer
              media {
                id
              }
              pricing {
                price {
                  gross {
                    amount
                    currency
                  }
                  net {
                    amount
                    currency
                  }
                }
                priceUndiscounted {
                  gross {
                    amount
                    currency
                  }
                  net {
                    amount
                    currency
                  }
                }
              }
              selection: attributes(variantSelection: VARIANT_SELECTION) {
                attribute {
                  slug
                  name
                  translation(languageCode: $language) {
                    name
                  }
                }
                values {
                  slug
                  name
                  value
                  translation(languageCode: $language) {
                    name
                  }
                }
              }
              facts: attributes(variantSelection: NOT_VARIANT_SELECTION) {
                attribute {
                  slug
                  name
                  unit
                  translation(languageCode: $language) {
                    name
                  }
                }
                values {
                  name
                  plainText
                  translation(languageCode: $language) {
                    name
                    plainText
                  }
                }
              }
            }
            """)
        variables: dict[str, object] = {
            "slug": slug,
            "channel": channel,
            "after": after,
            "language": language,
        }
        response = self.execute(
            query=query,
            operation_name="ProductPageVariants",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return ProductPageVariants.model_validate(data)

    def product_slugs(
        self,
        channel: str,
        first: int,
        after: Union[Optional[str], "UnsetType"] = UNSET,
        **kwargs: Any,
    ) -> "ProductSlugs":
        from .product_slugs import ProductSlugs

        query = gql("""
            query ProductSlugs($channel: String!, $first: Int!, $after: String) {
              products(
                channel: $channel
                first: $first
                after: $after
                sortBy: {field: NAME, direction: ASC}
              ) {
                pageInfo {
                  hasNextPage
                  endCursor
                }
                edges {
                  node {
                    slug
                    updatedAt
                  }
                }
              }
            }
            """)
        variables: dict[str, object] = {
            "channel": channel,
            "first": first,
            "after": after,
        }
        response = self.execute(
            query=query, operation_name="ProductSlugs", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return ProductSlugs.model_validate(data)

    def product_translate(
        self,
        id: str,
        language_code: "LanguageCodeEnum",
        input: "TranslationInput",
        **kwargs: Any,
    ) -> "ProductTranslate":
        from .product_translate import ProductTranslate

        query = gql("""
            mutation ProductTranslate($id: ID!, $languageCode: LanguageCodeEnum!, $input: TranslationInput!) {
              productTranslate(id: $id, languageCode: $languageCode, input: $input) {
                product {
                  id
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {
            "id": id,
            "languageCode": language_code,
            "input": input,
        }
        response = self.execute(
            query=query,
            operation_name="ProductTranslate",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return ProductTranslate.model_validate(data)

    def product_type_create(
        self, input: "ProductTypeInput", **kwargs: Any
    ) -> "ProductTypeCreate":
        from .product_type_create import ProductTypeCreate

        query = gql("""
            mutation ProductTypeCreate($input: ProductTypeInput!) {
              productTypeCreate(input: $input) {
                productType {
                  id
                  slug
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"input": input}
        response = self.execute(
            query=query,
            operation_name="ProductTypeCreate",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return ProductTypeCreate.model_validate(data)

    def product_type_keys(
        self, after: Union[Optional[str], "UnsetType"] = UNSET, **kwargs: Any
    ) -> "ProductTypeKeys":
        from .product_type_keys import ProductTypeKeys

        query = gql("""
            query ProductTypeKeys($after: String) {
              productTypes(first: 100, after: $after) {
                pageInfo {
                  hasNextPage
                  endCursor
                }
                edges {
                  node {
                    id
                    slug
                    productAttributes {
                      slug
                    }
                    assignedVariantAttributes {
                      attribute {
                        slug
                      }
                    }
                  }
                }
              }
            }
            """)
        variables: dict[str, object] = {"after": after}
        response = self.execute(
            query=query, operation_name="ProductTypeKeys", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return ProductTypeKeys.model_validate(data)

    def product_type_update(
        self, id: str, input: "ProductTypeInput", **kwargs: Any
    ) -> "ProductTypeUpdate":
        from .product_type_update import ProductTypeUpdate

        query = gql("""
            mutation ProductTypeUpdate($id: ID!, $input: ProductTypeInput!) {
              productTypeUpdate(id: $id, input: $input) {
                productType {
                  id
                  slug
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id, "input": input}
        response = self.execute(
            query=query,
            operation_name="ProductTypeUpdate",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return ProductTypeUpdate.model_validate(data)

    def product_update(
        self, id: str, input: "ProductInput", **kwargs: Any
    ) -> "ProductUpdate":
        from .product_update import ProductUpdate

        query = gql("""
            mutation ProductUpdate($id: ID!, $input: ProductInput!) {
              productUpdate(id: $id, input: $input) {
                product {
                  id
                  slug
                }
                errors {
                  field
                  message
                  code
                  attributes
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id, "input": input}
        response = self.execute(
            query=query, operation_name="ProductUpdate", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return ProductUpdate.model_validate(data)

    def product_variant_channel_listing_update(
        self,
        id: str,
        input: list["ProductVariantChannelListingAddInput"],
        **kwargs: Any,
    ) -> "ProductVariantChannelListingUpdate":
        from .product_variant_channel_listing_update import (
            ProductVariantChannelListingUpdate,
        )

        query = gql("""
            mutation ProductVariantChannelListingUpdate($id: ID!, $input: [ProductVariantChannelListingAddInput!]!) {
              productVariantChannelListingUpdate(id: $id, input: $input) {
                variant {
                  id
                }
                errors {
                  field
                  message
                  code
                  channels
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id, "input": input}
        response = self.execute(
            query=query,
            operation_name="ProductVariantChannelListingUpdate",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return ProductVariantChannelListingUpdate.model_validate(data)

    def product_variant_create(
        self, input: "ProductVariantCreateInput", **kwargs: Any
    ) -> "ProductVariantCreate":
        from .product_variant_create import ProductVariantCreate

        query = gql("""
            mutation ProductVariantCreate($input: ProductVariantCreateInput!) {
              productVariantCreate(input: $input) {
                productVariant {
                  id
                  sku
                }
                errors {
                  field
                  message
                  code
                  attributes
                }
              }
            }
            """)
        variables: dict[str, object] = {"input": input}
        response = self.execute(
            query=query,
            operation_name="ProductVariantCreate",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return ProductVariantCreate.model_validate(data)

    def product_variant_stocks_update(
        self, variant_id: str, stocks: list["StockInput"], **kwargs: Any
    ) -> "ProductVariantStocksUpdate":
        from .product_variant_stocks_update import ProductVariantStocksUpdate

        query = gql("""
            mutation ProductVariantStocksUpdate($variantId: ID!, $stocks: [StockInput!]!) {
              productVariantStocksUpdate(variantId: $variantId, stocks: $stocks) {
                productVariant {
                  id
                }
                errors {
                  field
                  message
                  code
                  index
                }
              }
            }
            """)
        variables: dict[str, object] = {"variantId": variant_id, "stocks": stocks}
        response = self.execute(
            query=query,
            operation_name="ProductVariantStocksUpdate",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return ProductVariantStocksUpdate.model_validate(data)

    def product_variant_translate(
        self,
        id: str,
        language_code: "LanguageCodeEnum",
        input: "NameTranslationInput",
        **kwargs: Any,
    ) -> "ProductVariantTranslate":
        from .product_variant_translate import ProductVariantTranslate

        query = gql("""
            mutation ProductVariantTranslate($id: ID!, $languageCode: LanguageCodeEnum!, $input: NameTranslationInput!) {
              productVariantTranslate(id: $id, languageCode: $languageCode, input: $input) {
                productVariant {
                  id
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {
            "id": id,
            "languageCode": language_code,
            "input": input,
        }
        response = self.execute(
            query=query,
            operation_name="ProductVariantTranslate",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return ProductVariantTranslate.model_validate(data)

    def product_variant_update(
        self, id: str, input: "ProductVariantInput", **kwargs: Any
    ) -> "ProductVariantUpdate":
        from .product_variant_update import ProductVariantUpdate

        query = gql("""
            mutation ProductVariantUpdate($id: ID!, $input: ProductVariantInput!) {
              productVariantUpdate(id: $id, input: $input) {
                productVariant {
                  id
                  sku
                }
                errors {
                  field
                  message
                  code
                  attributes
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id, "input": input}
        response = self.execute(
            query=query,
            operation_name="ProductVariantUpdate",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return ProductVariantUpdate.model_validate(data)

    def products_for_sale(
        self,
        channel: str,
        first: int,
        after: Union[Optional[str], "UnsetType"] = UNSET,
        **kwargs: Any,
    ) -> "ProductsForSale":
        from .products_for_sale import ProductsForSale

        query = gql("""
            query ProductsForSale($channel: String!, $first: Int!, $after: String) {
              products(channel: $channel, first: $first, after: $after) {
                pageInfo {
                  hasNextPage
                  endCursor
                }
                edges {
                  node {
                    slug
                    name
                    insert: assignedAttribute(slug: "safety-insert") {
                      __typename
                      ... on AssignedSinglePageReferenceAttribute {
                        value {
                          slug
                        }
                      }
                    }
                  }
                }
              }
            }
            """)
        variables: dict[str, object] = {
            "channel": channel,
            "first": first,
            "after": after,
        }
        response = self.execute(
            query=query, operation_name="ProductsForSale", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return ProductsForSale.model_validate(data)

    def products_with_page(
        self,
        channel: str,
        attribute: str,
        page: str,
        language: "LanguageCodeEnum",
        alt_key: str,
        **kwargs: Any,
    ) -> "ProductsWithPage":
        from .products_with_page import ProductsWithPage

        query = gql("""
            query ProductsWithPage($channel: String!, $attribute: String!, $page: String!, $language: LanguageCodeEnum!, $altKey: String!) {
              cards: products(
                channel: $channel
                first: 4
                where: {attributes: [{slug: $attribute, value: {reference: {pageSlugs: {containsAny: [$page]}}}}]}
                sortBy: {field: NAME, direction: ASC}
              ) {
                edges {
                  node {
                    ...ProductCard
                  }
                }
              }
              products(
                channel: $channel
                first: 100
                where: {attributes: [{slug: $attribute, value: {reference: {pageSlugs: {containsAny: [$page]}}}}]}
                sortBy: {field: NAME, direction: ASC}
              ) {
                edges {
                  node {
                    name
                    slug
                    translation(languageCode: $language) {
                      name
                    }
                  }
                }
              }
            }

            fragment ProductCard on Product {
              id
              slug
              name
              translation(languageCode: $language) {
                name
              }
              isAvailable
              thumbnail(size: 512, format: WEBP) {
                url
                alt
              }
              small: thumbnail(size: 256, format: WEBP) {
                url
              }
              large: thumbnail(size: 1024, format: WEBP) {
                url
              }
              media {
                alt
                translatedAlt: metafield(key: $altKey)
                type
                url(size: 512, format: WEBP)
              }
              category {
                slug
                name
              }
              pricing {
                displayGrossPrices
                priceRange {
                  start {
                    gross {
                      amount
                      currency
                    }
                    net {
                      amount
                      currency
                    }
                  }
                  stop {
                    gross {
                      amount
                      currency
                    }
                    net {
                      amount
                      currency
                    }
                  }
                }
                priceRangeUndiscounted {
                  start {
                    gross {
                      amount
                      currency
                    }
                    net {
                      amount
                      currency
                    }
                  }
                }
              }
              useLevel: assignedAttribute(slug: "use-level") {
                __typename
                ... on AssignedSingleChoiceAttribute {
                  value {
                    name
                    translation(languageCode: $language)
                  }
                }
              }
              suction: assignedAttribute(slug: "suction-level") {
                __typename
                ... on AssignedSingleChoiceAttribute {
                  attribute {
                    name
                    translation(languageCode: $language) {
                      name
                    }
                  }
                  value {
                    name
                    translation(languageCode: $language)
                  }
                }
              }
              cupCount: assignedAttribute(slug: "cup-count") {
                __typename
                ... on AssignedNumericAttribute {
                  value
                }
              }
              productVariants(first: 50) {
                edges {
                  node {
                    cupCount: assignedAttribute(slug: "variant-cup-count") {
                      __typename
                      ... on AssignedNumericAttribute {
                        value
                      }
                    }
                    color: assignedAttribute(slug: "colour") {
                      __typename
                      ... on AssignedSwatchAttribute {
                        value {
                          name
                          hexColor
                          translation(languageCode: $language)
                        }
                      }
                    }
                  }
                }
              }
            }
            """)
        variables: dict[str, object] = {
            "channel": channel,
            "attribute": attribute,
            "page": page,
            "language": language,
            "altKey": alt_key,
        }
        response = self.execute(
            query=query,
            operation_name="ProductsWithPage",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return ProductsWithPage.model_validate(data)

    def recall_orders(
        self,
        from_: datetime,
        until: datetime,
        after: Union[Optional[str], "UnsetType"] = UNSET,
        **kwargs: Any,
    ) -> "RecallOrders":
        from .recall_orders import RecallOrders

        query = gql("""
            query RecallOrders($from: DateTime!, $until: DateTime!, $after: String) {
              orders(first: 100, after: $after, where: {createdAt: {gte: $from, lte: $until}}) {
                pageInfo {
                  hasNextPage
                  endCursor
                }
                edges {
                  node {
                    id
                    number
                    created
                    userEmail
                    languageCodeEnum
                    billingAddress {
                      firstName
                      lastName
                    }
                    lines {
                      id
                      productSku
                      metadata {
                        key
                        value
                      }
                    }
                    fulfillments {
                      status
                      lines {
                        quantity
                        orderLine {
                          id
                        }
                      }
                    }
                  }
                }
              }
            }
            """)
        variables: dict[str, object] = {"from": from_, "until": until, "after": after}
        response = self.execute(
            query=query, operation_name="RecallOrders", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return RecallOrders.model_validate(data)

    def request_email_change(
        self,
        new_email: str,
        password: str,
        redirect_url: str,
        channel: str,
        **kwargs: Any,
    ) -> "RequestEmailChange":
        from .request_email_change import RequestEmailChange

        query = gql("""
            mutation RequestEmailChange($newEmail: String!, $password: String!, $redirectUrl: String!, $channel: String!) {
              requestEmailChange(
                newEmail: $newEmail
                password: $password
                redirectUrl: $redirectUrl
                channel: $channel
              ) {
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {
            "newEmail": new_email,
            "password": password,
            "redirectUrl": redirect_url,
            "channel": channel,
        }
        response = self.execute(
            query=query,
            operation_name="RequestEmailChange",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return RequestEmailChange.model_validate(data)

    def request_password_reset(
        self, email: str, redirect_url: str, channel: str, **kwargs: Any
    ) -> "RequestPasswordReset":
        from .request_password_reset import RequestPasswordReset

        query = gql("""
            mutation RequestPasswordReset($email: String!, $redirectUrl: String!, $channel: String!) {
              requestPasswordReset(
                email: $email
                redirectUrl: $redirectUrl
                channel: $channel
              ) {
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {
            "email": email,
            "redirectUrl": redirect_url,
            "channel": channel,
        }
        response = self.execute(
            query=query,
            operation_name="RequestPasswordReset",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return RequestPasswordReset.model_validate(data)

    def search_index(
        self,
        channel: str,
        first: int,
        language: "LanguageCodeEnum",
        after: Union[Optional[str], "UnsetType"] = UNSET,
        **kwargs: Any,
    ) -> "SearchIndex":
        from .search_index import SearchIndex

        query = gql("""
            query SearchIndex($channel: String!, $first: Int!, $after: String, $language: LanguageCodeEnum!) {
              products(
                channel: $channel
                first: $first
                after: $after
                sortBy: {field: NAME, direction: ASC}
              ) {
                pageInfo {
                  hasNextPage
                  endCursor
                }
                edges {
                  node {
                    ...IndexedProduct
                    ...SearchTexts
                  }
                }
              }
            }

            fragment AssignedChoices on AssignedAttribute {
              __typename
              attribute {
                name
                translation(languageCode: $language) {
                  name
                }
              }
              ... on AssignedSingleChoiceAttribute {
                choice: value {
                  slug
                  name
                  translation(languageCode: $language)
                }
              }
              ... on AssignedMultiChoiceAttribute {
                choices: value {
                  slug
                  name
                  translation(languageCode: $language)
                }
              }
            }

            fragment CategoryName on Category {
              slug
              name
              translation(languageCode: $language) {
                name
              }
            }

            fragment IndexedProduct on Product {
              id
              slug
              name
              created
              isAvailable
              translation(languageCode: $language) {
                name
              }
              category {
                ...CategoryName
                ancestors(first: 1) {
                  edges {
                    node {
                      ...CategoryName
                    }
                  }
                }
              }
              pricing {
                displayGrossPrices
                priceRange {
                  start {
                    gross {
                      amount
                      currency
                    }
                    net {
                      amount
                      currency
                    }
                  }
                }
              }
              suctionMethod: assignedAttribute(slug: "suction-method") {
                ...AssignedChoices
              }
              bodyAreas: assignedAttribute(slug: "body-areas") {
                ...AssignedChoices
              }
              useLevel: assignedAttribute(slug: "use-level") {
                ...AssignedChoices
              }
              suctionLevel: assignedAttribute(slug: "suction-level") {
                ...AssignedChoices
              }
            }

            fragment SearchTexts on Product {
              description
              ownWords: translation(languageCode: $language) {
                description
              }
              cupSizes: assignedAttribute(slug: "cup-diameters") {
                ...AssignedChoices
              }
              boxContents: assignedAttribute(slug: "box-contents") {
                __typename
                attribute {
                  name
                  translation(languageCode: $language) {
                    name
                  }
                }
                ... on AssignedPlainTextAttribute {
                  text: value
                  textTranslation: translation(languageCode: $language)
                }
              }
              productVariants(first: 100) {
                edges {
                  node {
                    sku
                    name
                    translation(languageCode: $language) {
                      name
                    }
                  }
                }
              }
            }
            """)
        variables: dict[str, object] = {
            "channel": channel,
            "first": first,
            "after": after,
            "language": language,
        }
        response = self.execute(
            query=query, operation_name="SearchIndex", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return SearchIndex.model_validate(data)

    def set_password(
        self, email: str, password: str, token: str, **kwargs: Any
    ) -> "SetPassword":
        from .set_password import SetPassword

        query = gql("""
            mutation SetPassword($email: String!, $password: String!, $token: String!) {
              setPassword(email: $email, password: $password, token: $token) {
                refreshToken
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {
            "email": email,
            "password": password,
            "token": token,
        }
        response = self.execute(
            query=query, operation_name="SetPassword", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return SetPassword.model_validate(data)

    def shipping_method_channel_listing_update(
        self, id: str, input: "ShippingMethodChannelListingInput", **kwargs: Any
    ) -> "ShippingMethodChannelListingUpdate":
        from .shipping_method_channel_listing_update import (
            ShippingMethodChannelListingUpdate,
        )

        query = gql("""
            mutation ShippingMethodChannelListingUpdate($id: ID!, $input: ShippingMethodChannelListingInput!) {
              shippingMethodChannelListingUpdate(id: $id, input: $input) {
                shippingMethod {
                  id
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id, "input": input}
        response = self.execute(
            query=query,
            operation_name="ShippingMethodChannelListingUpdate",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return ShippingMethodChannelListingUpdate.model_validate(data)

    def shipping_price_create(
        self, input: "ShippingPriceInput", **kwargs: Any
    ) -> "ShippingPriceCreate":
        from .shipping_price_create import ShippingPriceCreate

        query = gql("""
            mutation ShippingPriceCreate($input: ShippingPriceInput!) {
              shippingPriceCreate(input: $input) {
                shippingMethod {
                  id
                  name
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"input": input}
        response = self.execute(
            query=query,
            operation_name="ShippingPriceCreate",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return ShippingPriceCreate.model_validate(data)

    def shipping_price_translate(
        self,
        id: str,
        language_code: "LanguageCodeEnum",
        input: "ShippingPriceTranslationInput",
        **kwargs: Any,
    ) -> "ShippingPriceTranslate":
        from .shipping_price_translate import ShippingPriceTranslate

        query = gql("""
            mutation ShippingPriceTranslate($id: ID!, $languageCode: LanguageCodeEnum!, $input: ShippingPriceTranslationInput!) {
              shippingPriceTranslate(id: $id, languageCode: $languageCode, input: $input) {
                shippingMethod {
                  id
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {
            "id": id,
            "languageCode": language_code,
            "input": input,
        }
        response = self.execute(
            query=query,
            operation_name="ShippingPriceTranslate",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return ShippingPriceTranslate.model_validate(data)

    def shipping_price_update(
        self, id: str, input: "ShippingPriceInput", **kwargs: Any
    ) -> "ShippingPriceUpdate":
        from .shipping_price_update import ShippingPriceUpdate

        query = gql("""
            mutation ShippingPriceUpdate($id: ID!, $input: ShippingPriceInput!) {
              shippingPriceUpdate(id: $id, input: $input) {
                shippingMethod {
                  id
                  name
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id, "input": input}
        response = self.execute(
            query=query,
            operation_name="ShippingPriceUpdate",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return ShippingPriceUpdate.model_validate(data)

    def shipping_zone_create(
        self, input: "ShippingZoneCreateInput", **kwargs: Any
    ) -> "ShippingZoneCreate":
        from .shipping_zone_create import ShippingZoneCreate

        query = gql("""
            mutation ShippingZoneCreate($input: ShippingZoneCreateInput!) {
              shippingZoneCreate(input: $input) {
                shippingZone {
                  id
                  name
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"input": input}
        response = self.execute(
            query=query,
            operation_name="ShippingZoneCreate",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return ShippingZoneCreate.model_validate(data)

    def shipping_zone_keys(
        self, after: Union[Optional[str], "UnsetType"] = UNSET, **kwargs: Any
    ) -> "ShippingZoneKeys":
        from .shipping_zone_keys import ShippingZoneKeys

        query = gql("""
            query ShippingZoneKeys($after: String) {
              shippingZones(first: 100, after: $after) {
                pageInfo {
                  hasNextPage
                  endCursor
                }
                edges {
                  node {
                    id
                    name
                    shippingMethods {
                      id
                      name
                      de: translation(languageCode: DE) {
                        name
                      }
                      es: translation(languageCode: ES) {
                        name
                      }
                    }
                  }
                }
              }
            }
            """)
        variables: dict[str, object] = {"after": after}
        response = self.execute(
            query=query,
            operation_name="ShippingZoneKeys",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return ShippingZoneKeys.model_validate(data)

    def shipping_zone_update(
        self, id: str, input: "ShippingZoneUpdateInput", **kwargs: Any
    ) -> "ShippingZoneUpdate":
        from .shipping_zone_update import ShippingZoneUpdate

        query = gql("""
            mutation ShippingZoneUpdate($id: ID!, $input: ShippingZoneUpdateInput!) {
              shippingZoneUpdate(id: $id, input: $input) {
                shippingZone {
                  id
                  name
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id, "input": input}
        response = self.execute(
            query=query,
            operation_name="ShippingZoneUpdate",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return ShippingZoneUpdate.model_validate(data)

    def shop_page(
        self, slug: str, language: "LanguageCodeEnum", **kwargs: Any
    ) -> "ShopPage":
        from .shop_page import ShopPage

        query = gql("""
            query ShopPage($slug: String!, $language: LanguageCodeEnum!) {
              page(slug: $slug) {
                slug
                title
                content
                seoTitle
                seoDescription
                pageType {
                  slug
                }
                translation(languageCode: $language) {
                  title
                  content
                  seoTitle
                  seoDescription
                }
              }
            }
            """)
        variables: dict[str, object] = {"slug": slug, "language": language}
        response = self.execute(
            query=query, operation_name="ShopPage", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return ShopPage.model_validate(data)

    def shop_pages(
        self, after: Union[Optional[str], "UnsetType"] = UNSET, **kwargs: Any
    ) -> "ShopPages":
        from .shop_pages import ShopPages

        query = gql("""
            query ShopPages($after: String) {
              pages(first: 100, after: $after) {
                pageInfo {
                  hasNextPage
                  endCursor
                }
                edges {
                  node {
                    slug
                    title
                    content
                    isPublished
                    pageType {
                      slug
                    }
                    german: translation(languageCode: DE) {
                      content
                    }
                    spanish: translation(languageCode: ES) {
                      content
                    }
                  }
                }
              }
            }
            """)
        variables: dict[str, object] = {"after": after}
        response = self.execute(
            query=query, operation_name="ShopPages", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return ShopPages.model_validate(data)

    def shop_private_metadata(self, **kwargs: Any) -> "ShopPrivateMetadata":
        from .shop_private_metadata import ShopPrivateMetadata

        query = gql("""
            query ShopPrivateMetadata {
              shop {
                name
                privateMetadata {
                  key
                  value
                }
              }
            }
            """)
        variables: dict[str, object] = {}
        response = self.execute(
            query=query,
            operation_name="ShopPrivateMetadata",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return ShopPrivateMetadata.model_validate(data)

    def shop_settings_update(
        self, input: "ShopSettingsInput", **kwargs: Any
    ) -> "ShopSettingsUpdate":
        from .shop_settings_update import ShopSettingsUpdate

        query = gql("""
            mutation ShopSettingsUpdate($input: ShopSettingsInput!) {
              shopSettingsUpdate(input: $input) {
                shop {
                  name
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"input": input}
        response = self.execute(
            query=query,
            operation_name="ShopSettingsUpdate",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return ShopSettingsUpdate.model_validate(data)

    def shop_version(self, **kwargs: Any) -> "ShopVersion":
        from .shop_version import ShopVersion

        query = gql("""
            query ShopVersion {
              shop {
                name
                version
              }
            }
            """)
        variables: dict[str, object] = {}
        response = self.execute(
            query=query, operation_name="ShopVersion", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return ShopVersion.model_validate(data)

    def staff_token_create(
        self, email: str, password: str, **kwargs: Any
    ) -> "StaffTokenCreate":
        from .staff_token_create import StaffTokenCreate

        query = gql("""
            mutation StaffTokenCreate($email: String!, $password: String!) {
              tokenCreate(email: $email, password: $password) {
                token
                errors {
                  field
                  code
                  message
                }
              }
            }
            """)
        variables: dict[str, object] = {"email": email, "password": password}
        response = self.execute(
            query=query,
            operation_name="StaffTokenCreate",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return StaffTokenCreate.model_validate(data)

    def tax_class_create(
        self, input: "TaxClassCreateInput", **kwargs: Any
    ) -> "TaxClassCreate":
        from .tax_class_create import TaxClassCreate

        query = gql("""
            mutation TaxClassCreate($input: TaxClassCreateInput!) {
              taxClassCreate(input: $input) {
                taxClass {
                  id
                  name
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"input": input}
        response = self.execute(
            query=query, operation_name="TaxClassCreate", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return TaxClassCreate.model_validate(data)

    def tax_class_keys(
        self, after: Union[Optional[str], "UnsetType"] = UNSET, **kwargs: Any
    ) -> "TaxClassKeys":
        from .tax_class_keys import TaxClassKeys

        query = gql("""
            query TaxClassKeys($after: String) {
              taxClasses(first: 100, after: $after) {
                pageInfo {
                  hasNextPage
                  endCursor
                }
                edges {
                  node {
                    id
                    name
                  }
                }
              }
            }
            """)
        variables: dict[str, object] = {"after": after}
        response = self.execute(
            query=query, operation_name="TaxClassKeys", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return TaxClassKeys.model_validate(data)

    def tax_class_update(
        self, id: str, input: "TaxClassUpdateInput", **kwargs: Any
    ) -> "TaxClassUpdate":
        from .tax_class_update import TaxClassUpdate

        query = gql("""
            mutation TaxClassUpdate($id: ID!, $input: TaxClassUpdateInput!) {
              taxClassUpdate(id: $id, input: $input) {
                taxClass {
                  id
                  name
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id, "input": input}
        response = self.execute(
            query=query, operation_name="TaxClassUpdate", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return TaxClassUpdate.model_validate(data)

    def tax_configuration_update(
        self, id: str, input: "TaxConfigurationUpdateInput", **kwargs: Any
    ) -> "TaxConfigurationUpdate":
        from .tax_configuration_update import TaxConfigurationUpdate

        query = gql("""
            mutation TaxConfigurationUpdate($id: ID!, $input: TaxConfigurationUpdateInput!) {
              taxConfigurationUpdate(id: $id, input: $input) {
                taxConfiguration {
                  id
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id, "input": input}
        response = self.execute(
            query=query,
            operation_name="TaxConfigurationUpdate",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return TaxConfigurationUpdate.model_validate(data)

    def text_value_keys(
        self, after: Union[Optional[str], "UnsetType"] = UNSET, **kwargs: Any
    ) -> "TextValueKeys":
        from .text_value_keys import TextValueKeys

        query = gql("""
            query TextValueKeys($after: String) {
              products(first: 20, after: $after) {
                pageInfo {
                  hasNextPage
                  endCursor
                }
                edges {
                  node {
                    slug
                    attributes {
                      ...TextValues
                    }
                    productVariants(first: 100) {
                      edges {
                        node {
                          sku
                          attributes(variantSelection: NOT_VARIANT_SELECTION) {
                            ...TextValues
                          }
                        }
                      }
                    }
                  }
                }
              }
            }

            fragment TextValues on SelectedAttribute {
              attribute {
                slug
              }
              values {
                id
                plainText
                de: translation(languageCode: DE) {
                  plainText
                }
                es: translation(languageCode: ES) {
                  plainText
                }
              }
            }
            """)
        variables: dict[str, object] = {"after": after}
        response = self.execute(
            query=query, operation_name="TextValueKeys", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return TextValueKeys.model_validate(data)

    def token_create(self, email: str, password: str, **kwargs: Any) -> "TokenCreate":
        from .token_create import TokenCreate

        query = gql("""
            mutation TokenCreate($email: String!, $password: String!) {
              tokenCreate(email: $email, password: $password) {
                refreshToken
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"email": email, "password": password}
        response = self.execute(
            query=query, operation_name="TokenCreate", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return TokenCreate.model_validate(data)

    def token_refresh(self, refresh_token: str, **kwargs: Any) -> "TokenRefresh":
        from .token_refresh import TokenRefresh

        query = gql("""
            mutation TokenRefresh($refreshToken: String!) {
              tokenRefresh(refreshToken: $refreshToken) {
                token
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"refreshToken": refresh_token}
        response = self.execute(
            query=query, operation_name="TokenRefresh", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return TokenRefresh.model_validate(data)

    def tokens_deactivate_all(self, **kwargs: Any) -> "TokensDeactivateAll":
        from .tokens_deactivate_all import TokensDeactivateAll

        query = gql("""
            mutation TokensDeactivateAll {
              tokensDeactivateAll {
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {}
        response = self.execute(
            query=query,
            operation_name="TokensDeactivateAll",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return TokensDeactivateAll.model_validate(data)

    def transaction_initialize(
        self,
        id: str,
        amount: Decimal,
        gateway: str,
        idempotency_key: str,
        data: Union[Optional[Any], "UnsetType"] = UNSET,
        **kwargs: Any,
    ) -> "TransactionInitialize":
        from .transaction_initialize import TransactionInitialize

        query = gql("""
            mutation TransactionInitialize($id: ID!, $amount: PositiveDecimal!, $gateway: String!, $data: JSON, $idempotencyKey: String!) {
              transactionInitialize(
                id: $id
                amount: $amount
                idempotencyKey: $idempotencyKey
                paymentGateway: {id: $gateway, data: $data}
              ) {
                data
                transaction {
                  id
                }
                transactionEvent {
                  type
                  message
                  pspReference
                  createdBy {
                    __typename
                  }
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {
            "id": id,
            "amount": amount,
            "gateway": gateway,
            "data": data,
            "idempotencyKey": idempotency_key,
        }
        response = self.execute(
            query=query,
            operation_name="TransactionInitialize",
            variables=variables,
            **kwargs,
        )
        _data = self.get_data(response)
        return TransactionInitialize.model_validate(_data)

    def transaction_process(
        self, id: str, data: Union[Optional[Any], "UnsetType"] = UNSET, **kwargs: Any
    ) -> "TransactionProcess":
        from .transaction_process import TransactionProcess

        query = gql("""
            mutation TransactionProcess($id: ID!, $data: JSON) {
              transactionProcess(id: $id, data: $data) {
                data
                transactionEvent {
                  type
                  message
                  pspReference
                  createdBy {
                    __typename
                  }
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id, "data": data}
        response = self.execute(
            query=query,
            operation_name="TransactionProcess",
            variables=variables,
            **kwargs,
        )
        _data = self.get_data(response)
        return TransactionProcess.model_validate(_data)

    def variant_availability(
        self, ids: list[str], channel: str, language: "LanguageCodeEnum", **kwargs: Any
    ) -> "VariantAvailability":
        from .variant_availability import VariantAvailability

        query = gql("""
            query VariantAvailability($ids: [ID!]!, $channel: String!, $language: LanguageCodeEnum!) {
              productVariants(ids: $ids, channel: $channel, first: 100) {
                edges {
                  node {
                    id
                    sku
                    name
                    translation(languageCode: $language) {
                      name
                    }
                    quantityAvailable
                    product {
                      slug
                      name
                      isAvailableForPurchase
                      translation(languageCode: $language) {
                        name
                      }
                      productVariants(first: 2) {
                        edges {
                          node {
                            id
                          }
                        }
                      }
                    }
                  }
                }
              }
            }
            """)
        variables: dict[str, object] = {
            "ids": ids,
            "channel": channel,
            "language": language,
        }
        response = self.execute(
            query=query,
            operation_name="VariantAvailability",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return VariantAvailability.model_validate(data)

    def variant_media_assign(
        self, variant_id: str, media_id: str, **kwargs: Any
    ) -> "VariantMediaAssign":
        from .variant_media_assign import VariantMediaAssign

        query = gql("""
            mutation VariantMediaAssign($variantId: ID!, $mediaId: ID!) {
              variantMediaAssign(variantId: $variantId, mediaId: $mediaId) {
                productVariant {
                  id
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"variantId": variant_id, "mediaId": media_id}
        response = self.execute(
            query=query,
            operation_name="VariantMediaAssign",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return VariantMediaAssign.model_validate(data)

    def warehouse_create(
        self, input: "WarehouseCreateInput", **kwargs: Any
    ) -> "WarehouseCreate":
        from .warehouse_create import WarehouseCreate

        query = gql("""
            mutation WarehouseCreate($input: WarehouseCreateInput!) {
              createWarehouse(input: $input) {
                warehouse {
                  id
                  slug
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"input": input}
        response = self.execute(
            query=query, operation_name="WarehouseCreate", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return WarehouseCreate.model_validate(data)

    def warehouse_keys(
        self, after: Union[Optional[str], "UnsetType"] = UNSET, **kwargs: Any
    ) -> "WarehouseKeys":
        from .warehouse_keys import WarehouseKeys

        query = gql("""
            query WarehouseKeys($after: String) {
              warehouses(first: 100, after: $after) {
                pageInfo {
                  hasNextPage
                  endCursor
                }
                edges {
                  node {
                    id
                    slug
                  }
                }
              }
            }
            """)
        variables: dict[str, object] = {"after": after}
        response = self.execute(
            query=query, operation_name="WarehouseKeys", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return WarehouseKeys.model_validate(data)

    def warehouse_update(
        self, id: str, input: "WarehouseUpdateInput", **kwargs: Any
    ) -> "WarehouseUpdate":
        from .warehouse_update import WarehouseUpdate

        query = gql("""
            mutation WarehouseUpdate($id: ID!, $input: WarehouseUpdateInput!) {
              updateWarehouse(id: $id, input: $input) {
                warehouse {
                  id
                  slug
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id, "input": input}
        response = self.execute(
            query=query, operation_name="WarehouseUpdate", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return WarehouseUpdate.model_validate(data)

    def webhook_create(
        self, input: "WebhookCreateInput", **kwargs: Any
    ) -> "WebhookCreate":
        from .webhook_create import WebhookCreate

        query = gql("""
            mutation WebhookCreate($input: WebhookCreateInput!) {
              webhookCreate(input: $input) {
                webhook {
                  id
                }
                errors {
                  field
                  code
                  message
                }
              }
            }
            """)
        variables: dict[str, object] = {"input": input}
        response = self.execute(
            query=query, operation_name="WebhookCreate", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return WebhookCreate.model_validate(data)

    def webhook_delete(self, id: str, **kwargs: Any) -> "WebhookDelete":
        from .webhook_delete import WebhookDelete

        query = gql("""
            mutation WebhookDelete($id: ID!) {
              webhookDelete(id: $id) {
                errors {
                  field
                  code
                  message
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id}
        response = self.execute(
            query=query, operation_name="WebhookDelete", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return WebhookDelete.model_validate(data)

    def webhook_update(
        self, id: str, input: "WebhookUpdateInput", **kwargs: Any
    ) -> "WebhookUpdate":
        from .webhook_update import WebhookUpdate

        query = gql("""
            mutation WebhookUpdate($id: ID!, $input: WebhookUpdateInput!) {
              webhookUpdate(id: $id, input: $input) {
                webhook {
                  id
                }
                errors {
                  field
                  code
                  message
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id, "input": input}
        response = self.execute(
            query=query, operation_name="WebhookUpdate", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return WebhookUpdate.model_validate(data)
